package io.trunkline.routing.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trunkline.routing.blocks.GeoPermissions.Rule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class GeoPermissionsTest {
    private static final int ACME = 5;
    private static final int GLOBEX = 6;

    private static Rule allow(final int tenant, final String prefix) {
        return new Rule(tenant, prefix, true, "tenants.yaml:1");
    }

    private static Rule deny(final int tenant, final String prefix) {
        return new Rule(tenant, prefix, false, "tenants.yaml:2");
    }

    private static boolean allows(final GeoPermissions permissions, final int tenant, final String number) {
        return permissions.allows(
                tenant, new UnsafeBuffer(("+" + number).getBytes(StandardCharsets.US_ASCII)), 1, number.length());
    }

    @Test
    void withoutRulesEverybodyMaySendEverywhere() {
        assertThat(allows(GeoPermissions.EMPTY, ACME, "882")).isTrue();
        assertThat(allows(GeoPermissions.EMPTY, ACME, "")).isTrue();
    }

    @Test
    void theLongestPrefixDecides() {
        final GeoPermissions permissions =
                GeoPermissions.of(List.of(deny(ACME, ""), allow(ACME, "44"), deny(ACME, "4470")));
        assertThat(allows(permissions, ACME, "447700900123")).isTrue();
        assertThat(allows(permissions, ACME, "447012345678")).isFalse();
        assertThat(allows(permissions, ACME, "4915112345678")).isFalse();
        assertThat(allows(permissions, GLOBEX, "4915112345678")).isTrue();
    }

    @Test
    void aTenantsOwnRulesGoBeforeThoseForAll() {
        final GeoPermissions permissions = GeoPermissions.of(
                List.of(deny(GeoPermissions.ALL_TENANTS, "88213"), allow(ACME, "882"), deny(GLOBEX, "1")));
        assertThat(allows(permissions, ACME, "882131234")).isTrue();
        assertThat(allows(permissions, GLOBEX, "882131234")).isFalse();
        assertThat(allows(permissions, GLOBEX, "12025550100")).isFalse();
        assertThat(allows(permissions, ACME, "12025550100")).isTrue();
        final UnsafeBuffer number = new UnsafeBuffer("882131234".getBytes(StandardCharsets.US_ASCII));
        assertThat(permissions.rule(permissions.decide(GLOBEX, number, 0, 9)))
                .isEqualTo(deny(GeoPermissions.ALL_TENANTS, "88213"));
    }

    @Test
    void rulesThatContradictOrAreNoneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GeoPermissions.of(List.of(allow(ACME, "44"), deny(ACME, "44"))))
                .withMessageStartingWith("tenants.yaml:2");
        assertThatIllegalArgumentException().isThrownBy(() -> allow(-1, "44"));
        assertThatIllegalArgumentException().isThrownBy(() -> allow(1, "+44"));
        assertThatIllegalArgumentException().isThrownBy(() -> allow(1, "4".repeat(19)));
    }

    @Test
    void answersLikeOneWhoTriesAllPrefixes() {
        final long seed = Long.getLong("trunkline.seed", System.nanoTime());
        System.out.println("GeoPermissionsTest: -Dtrunkline.seed=" + seed);
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<String, Boolean> expected = new HashMap<>();
        final List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            final Rule rule = new Rule(random.nextInt(20), number(random, 4), random.nextBoolean(), "rule " + i);
            if (expected.putIfAbsent(rule.tenant() + ":" + rule.prefix(), rule.allowed()) == null) {
                rules.add(rule);
            }
        }
        final GeoPermissions permissions = GeoPermissions.of(rules);
        for (int i = 0; i < 50_000; i++) {
            final int tenant = random.nextInt(1, 25);
            final String number = number(random, 6);
            Boolean allowed = longest(expected, tenant, number);
            if (allowed == null) {
                allowed = longest(expected, GeoPermissions.ALL_TENANTS, number);
            }
            assertThat(allows(permissions, tenant, number))
                    .as("seed %d, tenant %d, number %s", seed, tenant, number)
                    .isEqualTo(allowed == null || allowed);
        }
    }

    private static Boolean longest(final Map<String, Boolean> rules, final int tenant, final String number) {
        for (int length = number.length(); length >= 0; length--) {
            final Boolean allowed = rules.get(tenant + ":" + number.substring(0, length));
            if (allowed != null) {
                return allowed;
            }
        }
        return null;
    }

    private static String number(final SplittableRandom random, final int most) {
        final StringBuilder digits = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }
}
