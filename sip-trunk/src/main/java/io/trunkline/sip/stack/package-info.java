/**
 * JAIN-SIP (javax.sip:jain-sip-ri) as the grammar of headers that {@code ..sip.message} does not read. The only package that
 * imports it; its transactions, dialogs, threads and transports are not used.
 */
package io.trunkline.sip.stack;
