package io.trunkline.gateway.admin;

import tools.jackson.databind.JsonNode;

/** One thing that may be asked over the admin socket. Called by housekeeping threads, by several at a time. */
public interface AdminCommand {
    /** As in the request: {@code show-carriers}. */
    String name();

    /**
     * Answers.
     *
     * @param arguments an object; empty where the request has none
     * @throws AdminRefusal where the answer is no
     */
    JsonNode handle(JsonNode arguments) throws AdminRefusal;
}
