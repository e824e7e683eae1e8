package io.trunkline.gateway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitTest {
    @Test
    void ticketsNameTheirSegmentAndAttempt() {
        final UnitRegistry units = new UnitRegistry(10);
        final Unit unit = units.open(77);
        unit.attempt = (byte) 200;
        final long ticket = unit.ticket(59);
        assertThat(Unit.segmentOf(ticket)).isEqualTo(59);
        assertThat(Unit.attemptOf(ticket)).isEqualTo(200);
        assertThat(units.ofTicket(ticket)).isSameAs(unit);
    }

    @Test
    void aTicketOfAClosedUnitFindsNobodyThoughItsObjectLivesOn() {
        final UnitRegistry units = new UnitRegistry(10);
        final Unit unit = units.open(77);
        final long ticket = unit.ticket(0);
        units.close(unit);
        assertThat(units.ofTicket(ticket)).isNull();
        assertThat(units.open(78)).isSameAs(unit);
        assertThat(units.ofTicket(ticket)).isNull();
    }

    @Test
    void holdsEightCandidates() {
        final Unit unit = new Unit(0);
        for (int i = 0; i < Unit.MAX_CANDIDATES; i++) {
            unit.addCandidate(65_000 + i, i);
        }
        for (int i = 0; i < Unit.MAX_CANDIDATES; i++) {
            assertThat(unit.candidate(i)).isEqualTo(65_000 + i);
            assertThat(unit.candidateTreatment(i)).isEqualTo(i);
        }
        unit.clear();
        unit.addCandidate(1, Treatment.NONE);
        assertThat(unit.candidateTreatment(0)).isEqualTo(Treatment.NONE);
    }
}
