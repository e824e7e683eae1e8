package io.trunkline.perf.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {
    @Test
    void whatHasEndedUsesNothing() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder("true").start();
        process.waitFor();
        assertThat(ProcessCpu.seconds(process.toHandle())).isZero();
        assertThat(ProcessCpu.secondsOfAll(process.toHandle())).isZero();
    }

    @Test
    void countsWhatThisProcessHasUsed() throws IOException {
        assertThat(ProcessCpu.seconds(ProcessHandle.current())).isPositive();
    }
}
