/**
 * A Kafka of one node for claims and system tests, from what Maven Central has, and a reader that judges what is in its topics. Only
 * the loopback interface is used.
 */
package io.trunkline.perf.kafka;
