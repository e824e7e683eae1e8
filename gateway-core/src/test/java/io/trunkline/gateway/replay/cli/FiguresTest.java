package io.trunkline.gateway.replay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Test
    void sharesAreRoundedToTheNearestHundredth() {
        assertThat(Figures.share(1, 3)).isEqualTo("33.33 %");
        assertThat(Figures.share(2, 3)).isEqualTo("66.67 %");
        assertThat(Figures.share(0, 0)).isEqualTo("-");
    }

    @Test
    void changesHaveTheirSign() {
        assertThat(Figures.points(1, 2, 3)).isEqualTo("+33.33");
        assertThat(Figures.points(2, 1, 3)).isEqualTo("-33.33");
        assertThat(Figures.points(1, 1, 3)).isEqualTo("0.00");
        assertThat(Figures.change(200, 150)).isEqualTo("-25.00 %");
        assertThat(Figures.change(0, 150)).isEqualTo("-");
    }

    @Test
    void moneyIsToldToTheCent() {
        assertThat(Figures.money(14_220_505_000L)).isEqualTo("14,220.51");
        assertThat(Figures.money(4_999)).isEqualTo("0.00");
        assertThat(Figures.money(-1_500_000)).isEqualTo("-1.50");
    }

    @Test
    void timesAreToldToTheSecond() {
        assertThat(Figures.time(1_795_262_400_999_999_999L)).isEqualTo("2026-11-21T12:00:00Z");
        assertThat(Figures.seconds(1_460_000_000L)).isEqualTo("1.5 s");
    }
}
