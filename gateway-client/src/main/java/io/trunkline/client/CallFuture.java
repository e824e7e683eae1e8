package io.trunkline.client;

import java.util.concurrent.CompletableFuture;

/** What is attached to a PlaceCall that has no answer yet; tells it from a submit. */
final class CallFuture extends CompletableFuture<CallResult> {}
