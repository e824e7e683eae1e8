package io.trunkline.gateway.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.admin.Rows.AlarmRow;
import io.trunkline.gateway.admin.ShardView;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** What a tenant's calls may cost in an hour. */
class SpendGuardTest extends GatewayTest {
    private static final String UNRATED = "33123456789";

    private void start(final String spend) throws IOException {
        Files.createDirectories(directory.resolve("conf"));
        Files.writeString(directory.resolve("conf").resolve("rates.csv"), """
                kind,for,service,prefix,network,sender,currency,rate,from,to,version
                cost,alpha,call,44,,,EUR,5.50,2026-01-01,,alpha-1
                cost,alpha,mt,44,,,EUR,0.01,2026-01-01,,alpha-1
                fee,alpha,call,44,,,EUR,0.50,2026-01-01,,alpha-1
                """);
        rig.routes("*,call,alpha\n").tenant("spend: " + spend + "\n").start();
    }

    private String up(final String number) throws IOException {
        platform.invite(OWNED, number, "");
        alpha.accept(alpha.heard("INVITE sip:+" + number), "v=0\r\n");
        final String accepted = platform.heard("SIP/2.0 200");
        platform.request("ACK", 1, accepted, "");
        alpha.heard("ACK");
        return accepted;
    }

    private void hangUp(final String accepted) throws IOException {
        platform.request("BYE", 2, accepted, "");
        alpha.answer(alpha.heard("BYE"), "200 OK", "");
        platform.heard("SIP/2.0 200");
    }

    @Test
    void callsAreRefusedOnceThoseOfTheLastHourHaveCostAsMuchAsTheyMay() throws Exception {
        start("{perHour: 12}");
        final String first = up(NUMBER);
        assertThat(rig.figure("calls.hour.cost.micros", "acme")).isEqualTo(6_000_000);
        hangUp(first);
        final String second = up(NUMBER);
        platform.invite(OWNED, NUMBER, "");
        assertThat(platform.heard("SIP/2.0 4")).startsWith("SIP/2.0 403");
        assertThat(rig.figure("calls.refused.for", "cost")).isEqualTo(1);
        assertThat(rig.daemon().shardView().call(ShardView::alarms))
                .extracting(AlarmRow::text)
                .anyMatch(text -> text.contains("have cost as much as they may"));
        // The one that is up goes on, and what comes in costs nothing.
        hangUp(second);
        alpha.invite(NUMBER, OWNED, "");
        platform.answer(platform.heard("INVITE"), "486 Busy Here", "");
        assertThat(alpha.heard("SIP/2.0 486")).isNotEmpty();
    }

    @Test
    void whatNoRateNamesCountsForWhatTheConfigurationAssumes() throws Exception {
        start("{perHour: 100, unratedMinute: 0.25}");
        hangUp(up(UNRATED));
        assertThat(rig.figure("calls.hour.cost.micros", "acme")).isEqualTo(250_000);
    }

    @Test
    void aRestartGivesNobodyAnotherHour() throws Exception {
        start("{perHour: 12}");
        hangUp(up(NUMBER));
        hangUp(up(NUMBER));
        rig.daemon().drain();
        rig.start();
        assertThat(rig.figure("calls.hour.cost.micros", "acme")).isEqualTo(12_000_000);
        platform.invite(OWNED, NUMBER, "");
        assertThat(platform.heard("SIP/2.0 4")).startsWith("SIP/2.0 403");
    }
}
