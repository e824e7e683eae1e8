package io.trunkline.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Cidr;
import io.trunkline.gateway.engine.ErrorCode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
    private static final InetAddress OFFICE = address("192.0.2.10");
    private static final InetAddress STRANGER = address("203.0.113.5");

    private final UpstreamCounters counters = new UpstreamCounters();
    private final LockoutPolicy policy = new LockoutPolicy(3, 10, 1_000, 60_000, 600_000, 1_000);
    private final Lockout lockout = new Lockout(policy);
    private final Account listed = new Account(
            "listed",
            1,
            List.of(SecretHash.of("right"), SecretHash.of("next")),
            new AllowList(List.of(Cidr.parse("192.0.2.0/24"))),
            5,
            10);
    private final Account open = new Account("open", 2, List.of(SecretHash.of("sesame")), AllowList.ANYWHERE, 5, 10);
    private final Doorkeeper door = new Doorkeeper(Map.of("listed", listed, "open", open), lockout, counters);
    private long nowMs = 1_000_000;

    @Test
    void letsInWithAnyOfTheSecretsFromAListedAddress() {
        assertThat(attempt("listed", "right", OFFICE)).isEqualTo(new Admission.Granted(listed));
        assertThat(attempt("listed", "next", OFFICE)).isEqualTo(new Admission.Granted(listed));
        assertThat(attempt("open", "sesame", STRANGER)).isEqualTo(new Admission.Granted(open));
    }

    @Test
    void answersAnUnknownNameAndAWrongSecretAlike() {
        assertThat(attempt("listed", "wrong", OFFICE)).isEqualTo(refused(ErrorCode.NOT_AUTHENTICATED, 0));
        assertThat(attempt("listed", "", OFFICE)).isEqualTo(refused(ErrorCode.NOT_AUTHENTICATED, 0));
        assertThat(attempt("nobody", "nobody has this secret", OFFICE))
                .isEqualTo(refused(ErrorCode.NOT_AUTHENTICATED, 0));
        assertThat(attempt("Listed", "right", OFFICE)).isEqualTo(refused(ErrorCode.NOT_AUTHENTICATED, 0));
    }

    @Test
    void namesTheAddressAsTheTroubleOnlyToWhoeverHasTheSecret() {
        assertThat(attempt("listed", "right", STRANGER)).isEqualTo(refused(ErrorCode.ADDRESS_NOT_ALLOWED, 0));
        assertThat(attempt("listed", "wrong", STRANGER)).isEqualTo(refused(ErrorCode.NOT_AUTHENTICATED, 0));
    }

    @Test
    void locksAnAddressForTwiceAsLongEachTimeUpToTheLimit() {
        for (int i = 0; i < 3; i++) {
            assertThat(code(attempt("a", "x", STRANGER))).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
        }
        for (long lockMs = 1_000; lockMs < 200_000; lockMs *= 2) {
            final int expectedMs = (int) Math.min(lockMs, 60_000);
            assertThat(code(attempt("b" + lockMs, "x", STRANGER))).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
            assertThat(attempt("open", "sesame", STRANGER)).isEqualTo(refused(ErrorCode.LOCKED_OUT, expectedMs));
            nowMs += expectedMs - 1;
            assertThat(attempt("open", "sesame", STRANGER)).isEqualTo(refused(ErrorCode.LOCKED_OUT, 1));
            nowMs += 1;
        }
    }

    @Test
    void doesNotProlongALockForAttemptsMadeDuringIt() {
        lock(STRANGER, "x");
        nowMs += 500;
        attempt("x", "x", STRANGER);
        nowMs += 500;
        assertThat(attempt("open", "sesame", STRANGER)).isEqualTo(new Admission.Granted(open));
    }

    @Test
    void forgetsFailuresAfterAQuietTime() {
        lock(STRANGER, "x");
        nowMs += policy.forgetMs() + 1_001;
        for (int i = 0; i < 3; i++) {
            assertThat(code(attempt("x", "x", STRANGER))).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
        }
        assertThat(attempt("open", "sesame", STRANGER)).isEqualTo(new Admission.Granted(open));
    }

    @Test
    void locksANameAgainstStrangersWhetherOrNotItExists() throws UnknownHostException {
        for (final String name : List.of("open", "nobody", "listed")) {
            for (int i = 0; i < 11; i++) {
                assertThat(code(attempt(name, "guess", InetAddress.getByAddress(new byte[] {20, 0, 1, (byte) i}))))
                        .isNotEqualTo(ErrorCode.LOCKED_OUT);
                lockout.succeeded("elsewhere", STRANGER);
            }
            assertThat(attempt(name, "guess", address("20.0.2.1")))
                    .as(name)
                    .isEqualTo(refused(ErrorCode.LOCKED_OUT, 1_000));
            nowMs += policy.forgetMs() * 2;
        }
    }

    @Test
    void aSuccessElsewhereDoesNotClearTheGuessersAddress() {
        for (int i = 0; i < 4; i++) {
            attempt("listed", "guess" + i, STRANGER);
            lockout.succeeded("open", STRANGER);
        }
        assertThat(code(attempt("listed", "guess", STRANGER))).isEqualTo(ErrorCode.LOCKED_OUT);
    }

    @Test
    void anIpv6GuesserDoesNotEscapeWithinItsSlash64() {
        for (int i = 0; i < 4; i++) {
            attempt("name" + i, "x", address("2001:db8:1:2::" + i));
        }
        assertThat(code(attempt("open", "sesame", address("2001:db8:1:2:ffff::1"))))
                .isEqualTo(ErrorCode.LOCKED_OUT);
        assertThat(attempt("open", "sesame", address("2001:db8:1:3::1"))).isEqualTo(new Admission.Granted(open));
    }

    @Test
    void anAddressFromWhichTheAccountCameBeforeSurvivesADistributedAttackOnItsName() throws UnknownHostException {
        assertThat(attempt("open", "sesame", OFFICE)).isEqualTo(new Admission.Granted(open));
        for (int i = 0; i < 200; i++) {
            attempt("open", "guess", InetAddress.getByAddress(new byte[] {20, 0, 1, (byte) i}));
        }
        assertThat(code(attempt("open", "sesame", address("20.0.2.1")))).isEqualTo(ErrorCode.LOCKED_OUT);
        assertThat(attempt("open", "sesame", OFFICE)).isEqualTo(new Admission.Granted(open));
    }

    @Test
    void nothingThatHappensElsewhereLocksOutAListedAddress() throws UnknownHostException {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final List<String> names = List.of("listed", "open", "nobody");
        for (int i = 0; i < 20_000; i++) {
            // Anyone anywhere, also from the victim's own network and from the victim's own address under other names.
            final InetAddress from = switch (random.nextInt(4)) {
                case 0 -> InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) random.nextInt(256)});
                case 1 -> InetAddress.getByAddress(new byte[] {20, 0, 0, (byte) random.nextInt(4)});
                case 2 -> address("2001:db8::" + Integer.toHexString(random.nextInt(1 << 16)));
                default -> OFFICE;
            };
            final String name = names.get(from.equals(OFFICE) ? 1 + random.nextInt(2) : random.nextInt(3));
            attempt(name, "guess" + random.nextInt(10), from);
            nowMs += random.nextInt(50);
            if (i % 100 == 0) {
                assertThat(attempt("listed", "right", OFFICE))
                        .as("seed %d, attempt %d", seed, i)
                        .isEqualTo(new Admission.Granted(listed));
            }
        }
        assertThat(lockout.size()).isLessThanOrEqualTo(4 * policy.maxEntries());
        assertThat(counters.lockedOut).isPositive();
    }

    @Test
    void aListedAddressThatGuessesLocksOnlyItself() {
        for (int i = 0; i < 4; i++) {
            attempt("listed", "guess", OFFICE);
        }
        assertThat(code(attempt("listed", "right", OFFICE))).isEqualTo(ErrorCode.LOCKED_OUT);
        assertThat(attempt("listed", "right", address("192.0.2.11"))).isEqualTo(new Admission.Granted(listed));
    }

    @Test
    void followsTheAccountsOfANewConfig() {
        door.accounts(Map.of("open", open));
        assertThat(code(attempt("listed", "right", OFFICE))).isEqualTo(ErrorCode.NOT_AUTHENTICATED);
        assertThat(door.account("listed")).isNull();
    }

    private void lock(final InetAddress from, final String name) {
        for (int i = 0; i < 4; i++) {
            attempt(name, "x", from);
        }
        assertThat(code(attempt(name, "x", from))).isEqualTo(ErrorCode.LOCKED_OUT);
    }

    private Admission attempt(final String name, final String secret, final InetAddress from) {
        return door.admit(name, SecretHash.of(secret), from, nowMs);
    }

    private static ErrorCode code(final Admission admission) {
        return admission instanceof Admission.Refused refused ? refused.code() : ErrorCode.NONE;
    }

    private static Admission refused(final ErrorCode code, final int retryAfterMs) {
        return new Admission.Refused(code, retryAfterMs);
    }

    private static InetAddress address(final String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
