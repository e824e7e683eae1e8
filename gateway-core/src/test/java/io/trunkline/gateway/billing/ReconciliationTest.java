package io.trunkline.gateway.billing;

import static io.trunkline.gateway.billing.BilledTraffic.ACME;
import static io.trunkline.gateway.billing.BilledTraffic.ALPHA;
import static io.trunkline.gateway.billing.BilledTraffic.BETA;
import static io.trunkline.gateway.billing.BilledTraffic.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.trunkline.gateway.billing.Reconciliation.Disagreement;
import io.trunkline.gateway.billing.Reconciliation.Kind;
import io.trunkline.gateway.config.JournalSettings.Durability;
import io.trunkline.gateway.engine.UnitState;
import io.trunkline.gateway.journal.InMemoryJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReconciliationTest {
    private static final String UK = "447700900123";

    @TempDir
    private Path directory;

    private final InMemoryJournal journal = new InMemoryJournal(Durability.PROCESS);
    private final BilledTraffic traffic = new BilledTraffic(journal);

    @BeforeEach
    void start() {
        journal.start();
        traffic.named();
    }

    private Reconciliation.Result compare(final String invoice) throws IOException {
        return compare(invoice, "");
    }

    private Reconciliation.Result compare(final String invoice, final String settings) throws IOException {
        final Path file = Files.writeString(directory.resolve("invoice.csv"), invoice);
        final Invoice read = Invoice.read(file, Map.of(), Set.of());
        assertThat(read.problems()).isEmpty();
        final Reconciliation reconciliation = new Reconciliation(
                "alpha",
                BilledDirectory.write(directory, BilledDirectory.RATES, settings),
                NOON.toEpochMilli(),
                NOON.plusSeconds(3600).toEpochMilli());
        journal.recover(false, reconciliation);
        return reconciliation.compare(read);
    }

    @Test
    void anInvoiceThatIsRightHasNothingToSay() throws IOException {
        final long unit = traffic.delivered(ACME, ALPHA, UK, 2);
        traffic.delivered(ACME, BETA, UK, 1);
        final Reconciliation.Result result = compare("message_id,to,segments,amount,currency\n"
                + "M" + unit + "-0-0,+447700900123,1,0.0235,EUR\n"
                + "m" + unit + "-1-0,447700900123,1,0.023500,eur\n");
        assertThat(result.disagreements()).isEmpty();
        assertThat(result.matched()).isEqualTo(2);
        assertThat(result.invoiced()).isEqualTo(result.expected()).isEqualTo(47_000);
    }

    @Test
    void everyDisagreementIsListedWithItsLine() throws IOException {
        final long dear = traffic.delivered(ACME, ALPHA, UK, 1);
        final long twice = traffic.delivered(ACME, ALPHA, UK, 1);
        final long forgotten = traffic.delivered(ACME, ALPHA, UK, 1);
        final long elsewhere = traffic.delivered(ACME, ALPHA, UK, 1);
        final Reconciliation.Result result = compare("message_id,to,segments,amount,currency\n"
                + "m" + dear + "-0-0,,,0.0300,\n"
                + "m" + twice + "-0-0,,,,\n"
                + "m" + twice + "-0-0,,,,\n"
                + "m" + elsewhere + "-0-0,34600000000,2,,USD\n"
                + "never-sent,,,0.0235,\n");
        assertThat(result.disagreements())
                .containsExactlyInAnyOrder(
                        new Disagreement(Kind.AMOUNT, 2, "m" + dear + "-0-0", dear, "0.030000", "0.023500"),
                        new Disagreement(Kind.TWICE_ON_INVOICE, 4, "m" + twice + "-0-0", twice, "", "once"),
                        new Disagreement(Kind.CURRENCY, 5, "m" + elsewhere + "-0-0", elsewhere, "USD", "EUR"),
                        new Disagreement(Kind.SEGMENTS, 5, "m" + elsewhere + "-0-0", elsewhere, "2", "1"),
                        new Disagreement(Kind.DESTINATION, 5, "m" + elsewhere + "-0-0", elsewhere, "34600000000", UK),
                        new Disagreement(Kind.NOT_IN_JOURNAL, 6, "never-sent", 0, "0.023500", "never taken"),
                        new Disagreement(Kind.NOT_ON_INVOICE, 0, "m" + forgotten + "-0-0", forgotten, "", "0.023500"));
    }

    @Test
    void messagesUnderOneIdAreEachHeldAgainstALineOfTheirOwn() throws IOException {
        final String es = "34600000000";
        final long first = delivered(UK, "77");
        final long second = delivered(es, "77");
        final long third = delivered(UK, "77");
        final Reconciliation.Result result = compare("message_id,to,amount\n77," + es + ",\n77,,0.0235\n");
        assertThat(result.matched()).isEqualTo(2);
        assertThat(result.disagreements())
                .as("%d has the number of the first line, %d is the oldest", second, first)
                .containsExactly(new Disagreement(Kind.NOT_ON_INVOICE, 0, "77", third, "", "0.023500"));
        assertThat(result.expected()).isEqualTo(47_000);
        assertThat(compare("message_id\n77\n77\n77\n77\n").disagreements())
                .extracting(Disagreement::kind)
                .containsExactly(Kind.TWICE_ON_INVOICE);
    }

    @Test
    void messagesThatTheCarrierGaveNoIdForAreAllExpected() throws IOException {
        final long first = delivered(UK, "");
        final long second = delivered(UK, "");
        final Reconciliation.Result result = compare("message_id\n");
        assertThat(result.disagreements())
                .extracting(Disagreement::kind, Disagreement::unit)
                .containsExactly(tuple(Kind.NOT_ON_INVOICE, first), tuple(Kind.NOT_ON_INVOICE, second));
        assertThat(result.expected()).isEqualTo(47_000);
    }

    private long delivered(final String to, final String id) {
        final long unit = traffic.accept(ACME, "ACME", to, 1);
        traffic.write(unit, ALPHA, 0, 0).takenAs(unit, ALPHA, id);
        traffic.close(unit, ACME, ALPHA, UnitState.DELIVERED, 0, 1, 1);
        return unit;
    }

    @Test
    void noMoreIsExpectedThanTheOutcomeIsOwedFor() throws IOException {
        final long unit = traffic.delivered(ACME, ALPHA, UK, 3);
        final String once = "billable:\n  delivered: {price: all, cost: once, fee: taken}\n";
        final Reconciliation.Result result = compare(
                "message_id,amount\nm" + unit + "-0-0,0.0235\nm" + unit + "-1-0,0.0025\nm" + unit + "-2-0,0.0025\n",
                once);
        assertThat(result.disagreements()).isEmpty();
        assertThat(result.expected()).isEqualTo(28_500);
    }

    @Test
    void anInvoiceAsASpreadsheetWritesItIsUnderstood() throws IOException {
        final long unit = traffic.delivered(ACME, ALPHA, UK, 1);
        final Reconciliation.Result result = compare(
                "\uFEFF\"message_id\",\"to\",\"amount\"\r\n\"m" + unit + "-0-0\",\"" + UK + "\",\"0.0235\"\r\n\r\n");
        assertThat(result.disagreements()).isEmpty();
        assertThat(result.lines()).isEqualTo(1);
    }

    @Test
    void whatWasTakenAtAnotherTimeNeedNotBeOnTheInvoice() throws IOException {
        traffic.at(NOON.plusSeconds(3600)).delivered(ACME, ALPHA, UK, 1);
        assertThat(compare("message_id\n").disagreements()).isEmpty();
    }

    @Test
    void aUnitThatHasNotEndedHasNoAmountYet() throws IOException {
        final long unit = traffic.accept(ACME, "ACME", UK, 1);
        traffic.write(unit, ALPHA, 0, 0).taken(unit, ALPHA, 0, 0);
        final Reconciliation.Result result = compare("message_id,amount\nm" + unit + "-0-0,0.9\n");
        assertThat(result.disagreements()).isEmpty();
        assertThat(result.openUnits()).isEqualTo(1);
    }

    @Test
    void anInvoiceThatCannotBeReadSaysWhereAndWhatToDo() throws IOException {
        assertThat(problem("message_id,Remark\nx,y\n"))
                .contains("invoice.csv:1", "`Remark` is not known", "--column Remark=", "--ignore Remark");
        assertThat(problem("to,amount\n1,2\n")).contains("`message_id` is missing");
        assertThat(problem("message_id,amount\nx,1\ny,cheap\n")).contains("invoice.csv:3", "`cheap` is no amount");
        assertThat(problem("message_id,amount\nx\n")).contains("invoice.csv:2", "1 values");
        assertThat(problem("")).contains("the file is empty");
        assertThat(problem("\uFEFF")).contains("the file is empty");
        assertThat(problem("message_id,currency\nx,EUR\ny,\nz,usd\n")).contains("invoice.csv:4", "`USD`", "line 2");
        assertThat(problem("message_id,amount\n" + "x,999999999999\n".repeat(5)))
                .contains("invoice.csv:6", "come to");
        assertThat(problem("message_id,amount\nx,\"1\ny,2\nz,3\n")).contains("no CSV from here on");
        final Path file = Files.writeString(directory.resolve("theirs.csv"), "MsgId,Remark\nx,y\n");
        assertThat(Invoice.read(file, Map.of("MsgId", "message_id"), Set.of("Remark"))
                        .lines())
                .singleElement()
                .satisfies(line -> assertThat(line.messageId()).isEqualTo("x"));
    }

    @Test
    void anInvoiceThatIsNotInUtf8IsReportedAndNotReadOtherwise() throws IOException {
        final StringBuilder rows = new StringBuilder("message_id,to\n");
        for (int i = 0; i < 5_000; i++) {
            rows.append("id-").append(i).append(",\n");
        }
        for (final String text : List.of("\u00E9", "message_id\n\u00E9\n", rows + "caf\u00E9,\n")) {
            final Path file = Files.write(directory.resolve("invoice.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(Invoice.read(file, Map.of(), Set.of()).problems())
                    .as(text.length() + " octets")
                    .singleElement()
                    .asString()
                    .contains("invoice.csv:", "not UTF-8");
        }
    }

    private String problem(final String invoice) throws IOException {
        final Path file = Files.writeString(directory.resolve("invoice.csv"), invoice);
        final Invoice read = Invoice.read(file, Map.of(), Set.of());
        assertThat(read.problems()).hasSize(1);
        return read.problems().get(0);
    }
}
