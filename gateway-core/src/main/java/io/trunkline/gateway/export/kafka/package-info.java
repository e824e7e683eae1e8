/**
 * Kafka as a target of events: the only place that knows Kafka's clients, loaded where the configuration asks for it. How each
 * event is there once: {@code docs/decisions/175-kafka-by-transactions.md}.
 */
package io.trunkline.gateway.export.kafka;
