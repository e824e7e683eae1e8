package io.trunkline.gateway.export.kafka;

import io.trunkline.gateway.export.ExportException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What Kafka's exceptions mean to an operator. */
final class KafkaTrouble {
    private KafkaTrouble() {}

    /**
     * The same, with a remedy.
     *
     * @param where what was being done to what
     */
    static ExportException of(final Throwable problem, final String where) {
        final Throwable cause = innermost(problem);
        final String what = where + ": " + (cause.getMessage() == null ? cause.toString() : cause.getMessage());
        return new ExportException(what, remedy(cause), problem);
    }

    /** Kafka wraps what happened into exceptions that say less. */
    private static Throwable innermost(final Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && cause.getCause() != cause && !known(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean known(final Throwable cause) {
        return cause instanceof KafkaException && cause.getClass() != KafkaException.class;
    }

    private static String remedy(final Throwable cause) {
        if (cause instanceof RecordTooLargeException) {
            return "raise max.message.bytes of the topic, and max.request.size in the file of properties;"
                    + " the record is not passed over";
        }
        if (cause instanceof AuthorizationException) {
            return "allow this user Write, Read and Describe on the topics, and Write and Describe on its transactional id";
        }
        if (cause instanceof AuthenticationException) {
            return "see security.protocol, ssl.* and sasl.* in the file of properties";
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "create it: kafka-topics.sh --create --topic NAME";
        }
        if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
            return "two gateways have one name, or this one runs twice: give each a `name` of its own in gateway.yaml";
        }
        if (cause instanceof ConfigException) {
            return "see `bootstrap` in gateway.yaml, and the file of properties";
        }
        if (cause instanceof TimeoutException) {
            return "see that the brokers run and can be reached; the journal keeps what is missing";
        }
        return "see the brokers' logs; the journal keeps what is missing";
    }
}
