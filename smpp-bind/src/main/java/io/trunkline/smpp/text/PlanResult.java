package io.trunkline.smpp.text;

/** What came of planning a message's segments. */
public enum PlanResult {
    OK,
    /** There is nothing to send. */
    EMPTY,
    /** The text is not UTF-8. */
    INVALID_UTF8,
    /** More segments than the profile allows, or a header of its own that leaves no room. */
    TOO_LONG,
    /** A binary body says that it begins with a user data header, and the header does not fit the body. */
    INVALID_HEADER
}
