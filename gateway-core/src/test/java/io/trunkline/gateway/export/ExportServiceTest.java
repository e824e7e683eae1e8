package io.trunkline.gateway.export;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.NEWS;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.trunkline.gateway.billing.BilledDirectory;
import io.trunkline.gateway.billing.BilledTraffic;
import io.trunkline.gateway.config.BillingConfig;
import io.trunkline.gateway.config.Exports.What;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.export.ExportEvent.Stream;
import io.trunkline.gateway.journal.InMemoryJournal;
import io.trunkline.gateway.journal.SourceTail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traffic is written while no export runs: the journal in memory is for one thread at a time. */
final class ExportServiceTest {
    private static final String UK = "447700900123";
    private static final Duration SOON = Duration.ofMillis(1);

    @TempDir
    private Path home;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);
    private final Deque<Long> open = new ArrayDeque<>();
    private BillingConfig billing;
    private int minute;

    @BeforeEach
    void start() throws IOException {
        journal.start();
        traffic.named();
        billing = BilledDirectory.write(home.resolve("rates"));
    }

    private Path cursor() {
        return home.resolve("export/cursor.json");
    }

    private ExportService export(final ExportTarget target) {
        final ExportService.Settings settings =
                new ExportService.Settings("shard-0", cursor(), List.of(What.values()), false, Optional.of(billing));
        return new ExportService("export", settings, target, () -> SourceTail.of(journal, 50), SOON);
    }

    private void exportAll(final ExportTarget target) {
        try (ExportService service = export(target)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.status().position() == journal.durable()
                            && service.status().trouble().isEmpty());
        }
    }

    /** Messages that end at once, and such that end after the next call only. */
    private void someTraffic(final int messages) {
        for (int i = 0; i < messages; i++) {
            traffic.at(NOON.plusSeconds(60L * minute++));
            traffic.delivered(ACME, ALPHA, UK, 1 + i % 3);
            open.add(traffic.accept(NEWS, "News", UK, 1));
            traffic.received(ACME, ALPHA, UK, "34911000000", 1);
            if (open.size() > 5) {
                final long unit = open.remove();
                traffic.write(unit, ALPHA, 0, 0).taken(unit, ALPHA, 0, 0);
                traffic.close(unit, NEWS, ALPHA, UnitState.DELIVERED, 0, 1, 1);
            }
        }
    }

    private List<String> fromScratch() throws IOException {
        Files.deleteIfExists(cursor());
        final MemoryTarget whole = new MemoryTarget(1, 0);
        exportAll(whole);
        return texts(whole);
    }

    /** The first that differs, where one does: there are thousands. */
    private void assertSameAsFromScratch(final MemoryTarget target) throws IOException {
        final List<String> all = fromScratch();
        final List<String> texts = texts(target);
        for (int i = 0; i < Math.min(all.size(), texts.size()); i++) {
            assertThat(texts.get(i)).as("event %d", i).isEqualTo(all.get(i));
        }
        assertThat(texts).hasSize(all.size());
    }

    private static List<String> texts(final MemoryTarget target) {
        return target.events().stream()
                .map(event -> event.stream() + " " + event.index() + " "
                        + new String(event.key(), StandardCharsets.UTF_8) + " "
                        + new String(event.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void eachRecordIsThereOnceWhateverFailsAndHoweverOftenItBegins(final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final MemoryTarget target = new MemoryTarget(seed, 0.15);
        byte[] oldCursor = null;
        for (int life = 0; life < 6; life++) {
            someTraffic(30);
            exportAll(target);
            // The cursor's file is as it is, is lost, or is one from long ago: what is in the target decides.
            switch (random.nextInt(4)) {
                case 0 -> Files.deleteIfExists(cursor());
                case 1 -> oldCursor = Files.readAllBytes(cursor());
                case 2 -> {
                    if (oldCursor != null) {
                        Files.write(cursor(), oldCursor);
                    }
                }
                default -> {
                    // As it is.
                }
            }
        }
        assertSameAsFromScratch(target);
        assertThat(texts(target)).anyMatch(line -> line.startsWith("CDR ")).hasSizeGreaterThan(1000);
    }

    @Test
    void whatATargetLostIsWrittenAgain() throws IOException {
        final MemoryTarget target = new MemoryTarget(1, 0);
        someTraffic(60);
        exportAll(target);
        target.loseFrom(journal.durable() - 200);
        someTraffic(10);
        exportAll(target);
        assertSameAsFromScratch(target);
    }

    @Test
    void aTargetWhoseRecordsWentWithTheirAgeIsGoneOnWith() {
        final MemoryTarget target = new MemoryTarget(1, 0);
        someTraffic(10);
        exportAll(target);
        final long before = journal.durable();
        target.emptied();
        someTraffic(1);
        exportAll(target);
        assertThat(target.events()).isNotEmpty().allMatch(event -> event.index() > before);
    }

    @Test
    void anotherTargetOfTheSameNameGetsAllThatTheJournalHas() throws IOException {
        final MemoryTarget target = new MemoryTarget(1, 0);
        someTraffic(10);
        exportAll(target);
        target.another();
        exportAll(target);
        assertSameAsFromScratch(target);
    }

    @Test
    void recordsThatTheJournalHasNoMoreAreToldOf() {
        final MemoryTarget target = new MemoryTarget(1, 0);
        someTraffic(3);
        exportAll(target);
        final long last = journal.durable();
        someTraffic(3);
        journal.damage(last + 1);
        journal.damage(last + 2);
        try (ExportService service = export(target)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> service.status().lost() == 2);
        }
        final String gap = "\"data\":{\"first\":" + (last + 1) + ",\"last\":" + (last + 2) + "}}";
        assertThat(texts(target))
                .filteredOn(line -> line.contains("journal.gap"))
                .singleElement()
                .asString()
                .endsWith(gap);
        assertThat(target.events())
                .filteredOn(event -> event.stream() == Stream.EVENTS)
                .extracting(ExportEvent::index)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void theRecordsOfAnotherJournalAreNotGoneOnWith() throws IOException {
        final MemoryTarget target = new MemoryTarget(1, 0);
        traffic.at(NOON.minusSeconds(86_400));
        traffic.delivered(ACME, ALPHA, UK, 1);
        exportAll(target);
        Files.delete(cursor());
        final InMemoryJournal other = new InMemoryJournal(Durability.PROCESS);
        other.start();
        final BilledTraffic others = new BilledTraffic(other).named();
        for (int i = 0; i < 5; i++) {
            others.delivered(ACME, ALPHA, UK, 2);
        }
        final int before = target.events().size();
        final ExportService.Settings settings =
                new ExportService.Settings("shard-0", cursor(), List.of(What.values()), false, Optional.empty());
        try (ExportService service = new ExportService("export", settings, target, () -> SourceTail.of(other), SOON)) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.status().trouble().contains("another journal"));
        }
        assertThat(target.events()).hasSize(before);
    }

    @Test
    void aJournalWhoseOldestFilesAreGoneGivesAllNamesFromTheFirstEventOn() {
        final InMemoryJournal beheaded = new InMemoryJournal(Durability.PROCESS);
        beheaded.start();
        BilledTraffic.beheaded(beheaded, 1);
        final MemoryTarget target = new MemoryTarget(1, 0);
        final ExportService.Settings settings =
                new ExportService.Settings("shard-0", cursor(), List.of(What.values()), false, Optional.of(billing));
        try (ExportService service =
                new ExportService("export", settings, target, () -> SourceTail.of(beheaded), SOON)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> service.status().position() == beheaded.durable());
        }
        assertThat(target.events())
                .isNotEmpty()
                .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
                .noneMatch(value -> value.contains("\"?1\""));
    }

    @Test
    void whatCannotBeWrittenHoldsTheJournalAndIsSaid() {
        someTraffic(3);
        try (ExportService service = export(new MemoryTarget(1, 1))) {
            await().atMost(Duration.ofSeconds(20)).until(() -> service.status().errors() > 3);
            assertThat(service.status().trouble()).isNotEmpty();
            assertThat(service.status().remedy()).isEqualTo("try again");
            assertThat(service.status().oldestNeeded()).isEqualTo(1);
        }
    }
}
