package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.routing.PackedNumber;
import io.trunkline.routing.networks.MccMnc;
import io.trunkline.routing.numbers.NumberContent;
import io.trunkline.routing.numbers.NumberFile;
import io.trunkline.routing.numbers.NumberOwner;
import io.trunkline.routing.numbers.NumberOwner.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkNumbersTest {
    @TempDir
    Path directory;

    private BulkNumbers.Outcome build(final NumberContent content, final String csv) throws IOException {
        Files.writeString(directory.resolve("in.csv"), csv);
        return new BulkNumbers(directory.resolve("in.csv"), content, 100).build(directory.resolve("out"));
    }

    private long value(final NumberContent content, final String number) throws IOException {
        return NumberFile.open(directory.resolve("out"), content).value(PackedNumber.of(number));
    }

    @Test
    void ownersHaveTheirNamesBesideTheFile() throws IOException {
        final BulkNumbers.Outcome outcome = build(
                NumberContent.OWNERS,
                "# all of them\nnumber,tenant,uses\n447700900123,acme,message\n+447700900124,globex\n12345,acme,call;message\n");

        assertThat(outcome.total()).isZero();
        assertThat(outcome.count()).isEqualTo(3);
        assertThat(TenantList.read(directory.resolve("out"))).containsExactly("acme", "globex");
        final long first = value(NumberContent.OWNERS, "447700900123");
        assertThat(NumberOwner.tenant(first)).isEqualTo(1);
        assertThat(NumberOwner.can(first, Capability.CALL)).isFalse();
        assertThat(NumberOwner.tenant(value(NumberContent.OWNERS, "447700900124")))
                .isEqualTo(2);
        assertThat(NumberOwner.can(value(NumberContent.OWNERS, "12345"), Capability.CALL))
                .isTrue();
    }

    @Test
    void namesOfAnotherFileAreNotTakenForItsOwn() throws IOException {
        build(NumberContent.OWNERS, "447700900123,acme\n447700900124,globex\n");
        final List<String> names = Files.readAllLines(directory.resolve("out.tenants"));
        build(NumberContent.OWNERS, "447700900124,globex\n447700900123,globex\n");
        Files.write(directory.resolve("out.tenants"), names);

        assertThatThrownBy(() -> TenantList.read(directory.resolve("out")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not belong");
    }

    @Test
    void portedNumbersHaveTheirNetworks() throws IOException {
        assertThat(build(NumberContent.NETWORKS, "number,network\n447700900123,234-10\n")
                        .count())
                .isEqualTo(1);
        assertThat(value(NumberContent.NETWORKS, "447700900123")).isEqualTo(MccMnc.of("234-10"));
    }

    @Test
    void mistakesAreToldWithTheirPlacesAndNothingIsBuilt() throws IOException {
        final BulkNumbers.Outcome outcome = build(
                NumberContent.OWNERS,
                "number,tenant,uses\n447700900123,acme\n4477x,acme\n447700900125\n447700900126,-\n447700900127,acme,fax\n");

        assertThat(outcome.problems())
                .extracting(ConfigProblem::toString)
                .extracting(text -> text.substring(0, text.indexOf(": ")))
                .containsExactly("in.csv:3:1", "in.csv:4:1", "in.csv:5:14", "in.csv:6:19");
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(directory.resolve("out.tenants")).doesNotExist();
    }

    @Test
    void aNumberWithTwoOwnersIsAMistakeInTheSecondRow() throws IOException {
        final String rows = IntStream.range(0, 5_000)
                .mapToObj(i -> (447_700_000_000L + i) + ",acme")
                .collect(Collectors.joining("\n"));
        final BulkNumbers.Outcome outcome =
                build(NumberContent.OWNERS, rows + "\n447700000077,globex\n447700000078,acme\n");

        assertThat(outcome.total()).isEqualTo(1);
        assertThat(outcome.problems().get(0).line()).isEqualTo(5_001);
        assertThat(outcome.problems().get(0).message()).isEqualTo("line 78 has this number");
    }
}
