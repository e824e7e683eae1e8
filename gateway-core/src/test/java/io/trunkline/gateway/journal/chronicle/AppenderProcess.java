package io.trunkline.gateway.journal.chronicle;

import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.journal.Records;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A process that appends until it is killed, and prints how far its records are durable. */
public final class AppenderProcess {
    private AppenderProcess() {}

    public static void main(final String[] arguments) {
        final Fixture fixture = new Fixture(Path.of(arguments[0]));
        fixture.durability = Durability.valueOf(arguments[1]);
        final SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[2]));
        final ChronicleJournal journal = fixture.start();
        System.out.println("started " + journal.committed());
        long printed = 0;
        while (fixture.failures.isEmpty()) {
            final int batch = random.nextInt(1, 60);
            for (int i = 0; i < batch; i++) {
                Records.append(journal);
            }
            journal.publish();
            final long durable = journal.durable();
            if (durable > printed) {
                System.out.println("durable " + durable);
                System.out.flush();
                printed = durable;
            }
        }
    }
}
