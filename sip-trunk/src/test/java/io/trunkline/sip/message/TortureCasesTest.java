package io.trunkline.sip.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of RFC 4475 and RFC 5118 has a message in the corpus; what is to be done beyond reading it has a test here or elsewhere. */
class TortureCasesTest {
    private static final List<String> RFC_4475 = List.of(
            // 3.1.1: valid
            "wsinv",
            "intmeth",
            "esc01",
            "escnull",
            "esc02",
            "lwsdisp",
            "longreq",
            "dblreq",
            "semiuri",
            "transports",
            "mpart01",
            "unreason",
            "noreason",
            // 3.1.2: invalid
            "badinv01",
            "clerr",
            "ncl",
            "scalar02",
            "scalarlg",
            "quotbal",
            "ltgtruri",
            "lwsruri",
            "lwsstart",
            "trws",
            "escruri",
            "baddate",
            "regbadct",
            "badaspec",
            "baddn",
            "badvers",
            "mismatch01",
            "mismatch02",
            "bigcode",
            // 3.2 to 3.4: transactions, applications, what was before
            "badbranch",
            "insuf",
            "unkscm",
            "novelsc",
            "unksm2",
            "bext01",
            "invut",
            "regaut01",
            "multi01",
            "mcl01",
            "bcast",
            "zeromf",
            "cparam01",
            "cparam02",
            "regescrt",
            "sdp01",
            "inv2543");

    private static final String CALLS = "io.trunkline.sip.call.";
    private static final String TRANSACTIONS = "io.trunkline.sip.transaction.TransactionTest";
    /** What is done about some of them, once they are read: class and method. */
    private static final Map<String, List<String>> ELSEWHERE = Map.of(
            "badbranch", List.of(TRANSACTIONS, "aCookieAloneNamesNoTransaction"),
            "badvers", List.of(TRANSACTIONS, "faultyRequestsAreAnsweredWithoutATransaction"),
            "bext01", List.of(CALLS + "CallLimitsTest", "rfc3261Section8_2_2_3_extensionsThatAreNotOursAre420"),
            "bcast", List.of(TRANSACTIONS, "responsesThatAreNotOursAreStrays"),
            "zeromf", List.of(CALLS + "CallRaceTest", "rfc3261Section16_3_anInviteWithoutHopsLeftIs483"),
            "inv2543", List.of(TRANSACTIONS, "peersFromBeforeTheCookieAreMatchedByTheOldRules"));

    static Stream<String> cases() {
        final Stream<String> rfc5118 = IntStream.rangeClosed(1, 10).mapToObj(section -> "5118-4." + section);
        return Stream.concat(RFC_4475.stream(), rfc5118);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hasAMessage(final String name) {
        assertThat(Corpus.all().stream()
                        .flatMap(entry -> entry.cases().stream())
                        .filter(name::equals))
                .as("messages of the corpus that say they are %s", name)
                .hasSize(1);
    }

    @Test
    void whatIsDoneElsewhereIsThere() throws ClassNotFoundException {
        for (final List<String> test : ELSEWHERE.values()) {
            assertThat(Stream.of(Class.forName(test.get(0)).getDeclaredMethods())
                            .map(java.lang.reflect.Method::getName)
                            .collect(Collectors.toSet()))
                    .contains(test.get(1));
        }
    }

    private static SipMessage message(final String name) {
        return Corpus.all().stream()
                .filter(entry -> entry.cases().contains(name))
                .map(entry -> Messages.index(entry.octets()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEscapedMethodIsNotTheOneThatItSpells() {
        final SipMessage message = message("esc02");
        assertThat(message.method()).isEqualTo(SipMethod.OTHER);
        assertThat(message.next(message.first(HeaderName.CONTACT)))
                .as("nor is the name of a header")
                .isEqualTo(-1);
    }

    /** A Contact that is malformed, whose parameter is its own, its URI's, or which has headers. */
    @ParameterizedTest
    @CsvSource({"regbadct, malformed", "cparam01, header's", "cparam02, URI's", "regescrt, headers"})
    void contactsAreReadAsTheyAreMeant(final String name, final String meant) {
        final SipMessage message = message(name);
        final long value = message.value(message.first(HeaderName.CONTACT));
        final AddressField contact = new AddressField();
        final boolean read = contact.parse(message.buffer(), Range.offset(value), Range.end(value));
        final String found = !read
                ? "malformed"
                : contact.uri().headers() != Range.NONE
                        ? "headers"
                        : contact.uri().parameters() != Range.NONE ? "URI's" : "header's";
        assertThat(found).isEqualTo(meant);
    }

    @Test
    void allWithinTheBracketsIsAddress() {
        assertThat(message("5118-4.3").requestUri().port()).isEqualTo(SipUri.ABSENT);
        assertThat(message("5118-4.4").requestUri().port()).isEqualTo(5070);
    }

    @Test
    void aBodyOfAnyOctetsIsWhole() {
        final SipMessage message = message("mpart01");
        assertThat(Messages.text(message, message.body())).endsWith("--7a9cbec02ceef655--\r\n");
        assertThat(Range.length(message.body())).isEqualTo(message.contentLength());
    }

    @Test
    void whatFollowsABodyIsNobodys() {
        assertThat(Range.length(message("dblreq").body())).isZero();
    }
}
