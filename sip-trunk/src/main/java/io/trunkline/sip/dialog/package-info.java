/**
 * Dialogs (RFC 3261 §12) as octets kept in one block each: made from what passed, compared with what comes, and written into
 * requests. What a request means is the business of {@code ..sip.call}.
 */
package io.trunkline.sip.dialog;
