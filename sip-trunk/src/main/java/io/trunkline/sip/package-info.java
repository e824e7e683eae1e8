/** placeholder */
package io.trunkline.sip;
