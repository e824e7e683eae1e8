package io.trunkline.gateway.export.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where a transaction is open: in a partition in which what counts ends before what was written. */
final class OpenTransactions {
    private static final int ANSWER_WITHIN_S = 10;
    private static final long LOOK_EVERY_MS = 100;

    private final Admin admin;
    private final Collection<TopicPartition> partitions;
    private List<TopicPartition> found = List.of();

    OpenTransactions(final Admin admin, final Collection<TopicPartition> partitions) {
        this.admin = admin;
        this.partitions = partitions;
    }

    /** Looks until none is open, for so long at most; whether none is. */
    boolean endWithin(final Duration most) throws ExecutionException, InterruptedException, TimeoutException {
        final long startNs = System.nanoTime();
        look();
        while (!found.isEmpty() && System.nanoTime() - startNs < most.toNanos()) {
            Thread.sleep(LOOK_EVERY_MS);
            look();
        }
        return found.isEmpty();
    }

    /** The partitions in which one was open at the last look. */
    List<TopicPartition> found() {
        return found;
    }

    private void look() throws ExecutionException, InterruptedException, TimeoutException {
        final Map<TopicPartition, Long> committed = ends(IsolationLevel.READ_COMMITTED);
        final Map<TopicPartition, Long> written = ends(IsolationLevel.READ_UNCOMMITTED);
        found = partitions.stream()
                .filter(partition -> committed.get(partition) < written.get(partition))
                .toList();
    }

    private Map<TopicPartition, Long> ends(final IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        final Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin
                .listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get(ANSWER_WITHIN_S, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }
}
