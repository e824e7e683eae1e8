/**
 * The upstream protocol from an API tier's side: frames and their validation (which the gateway shares), and a client
 * that authenticates, submits within its credit, streams events, reconnects and resumes. The codecs themselves are
 * generated from {@code upstream.xml} into {@code io.trunkline.upstream.codec}.
 */
package io.trunkline.client;
