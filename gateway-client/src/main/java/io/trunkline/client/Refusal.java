package io.trunkline.client;

/**
 * Why the gateway said no, to a submit or to the whole connection.
 *
 * @param code number of the error list, stable for ever
 * @param retryable the same may succeed later
 * @param retryAfterMs not before this many milliseconds have passed; 0: no advice
 * @param text for people; never to be parsed
 */
public record Refusal(int code, boolean retryable, long retryAfterMs, String text) {}
