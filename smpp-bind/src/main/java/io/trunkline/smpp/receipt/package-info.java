/**
 * Delivery receipts: reading them out of deliver_sm and data_sm in all the forms that carriers give them, and bringing
 * message ids of answers and receipts to one form. What a state or an error means to a unit, and which unit an id belongs
 * to, is decided elsewhere.
 */
package io.trunkline.smpp.receipt;
