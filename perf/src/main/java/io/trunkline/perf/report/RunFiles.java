package io.trunkline.perf.report;

import io.trunkline.perf.load.LoadStage;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of a run's report: {@code report.html}, {@code summary.json}, {@code seconds.csv}, {@code run.hlog} and a
 * {@code .hgrm} for each stage. Seconds and hlog are written while the run goes on, so that they are there whatever
 * happens. The first failure to write ends the writing of that file, is remembered and harms nothing else.
 */
public final class RunFiles implements RunRecorder.Listener, AutoCloseable {
    private final Path directory;
    private final PrintStream csv;
    private final PrintStream hlogBytes;
    private final HistogramLogWriter hlog;
    private final long startedMs;
    private boolean headed;
    private String trouble = "";

    /**
     * Opens the files; the directory is made where it is not there.
     *
     * @throws IOException where that cannot be
     */
    public RunFiles(final Path directory, final long startedMs) throws IOException {
        this.directory = directory;
        this.startedMs = startedMs;
        Files.createDirectories(directory);
        csv = open("seconds.csv");
        hlogBytes = open("run.hlog");
        hlog = new HistogramLogWriter(hlogBytes);
        hlog.outputComment("[Latencies in nanoseconds from the intended send time; the tag is the stage]");
        hlog.outputLogFormatVersion();
        hlog.outputStartTime(startedMs);
        hlog.setBaseTime(startedMs);
        hlog.outputLegend();
        hlogBytes.flush();
    }

    private PrintStream open(final String name) throws IOException {
        return new PrintStream(
                new BufferedOutputStream(Files.newOutputStream(directory.resolve(name)), 1 << 16),
                false,
                StandardCharsets.UTF_8);
    }

    @Override
    public void onSecond(final Second second, final Map<LoadStage, Histogram> stages) {
        if (!headed) {
            headed = true;
            csv.println(SecondsCsv.heading(second));
        }
        csv.println(SecondsCsv.row(second));
        final long nowMs = startedMs + (long) (second.at() * 1000);
        stages.forEach((stage, histogram) -> {
            histogram.setTag(stage.key());
            histogram.setEndTimeStamp(nowMs);
            if (histogram.getStartTimeStamp() > nowMs) {
                histogram.setStartTimeStamp(nowMs);
            }
            hlog.outputIntervalHistogram(histogram);
        });
        // A PrintStream keeps its failures to itself until it is asked.
        check(csv, "seconds.csv");
        check(hlogBytes, "run.hlog");
    }

    private void check(final PrintStream stream, final String name) {
        if (stream.checkError()) {
            failed("cannot write " + directory.resolve(name) + ": is its disk full?");
        }
    }

    private void failed(final String what) {
        if (trouble.isEmpty()) {
            trouble = what;
        }
    }

    /** Writes what can only be written at the end. */
    public void finish(final RunSummary summary, final RunRecorder recorder, final Map<LoadStage, Histogram> stages) {
        check(csv, "seconds.csv");
        check(hlogBytes, "run.hlog");
        write("summary.json", json(summary));
        stages.forEach((stage, histogram) -> write(stage.key() + ".hgrm", hgrm(histogram)));
        write("report.html", new HtmlReport(summary, recorder.seconds(), stages).text());
    }

    /** The summary, as the file has it. */
    public static String json(final RunSummary summary) {
        return JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsString(summary)
                + "\n";
    }

    /** HdrHistogram's table of percentiles, in microseconds. */
    private static String hgrm(final Histogram histogram) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, 1000.0);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void write(final String name, final String text) {
        try {
            Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
        } catch (final IOException | UncheckedIOException e) {
            failed("cannot write " + directory.resolve(name) + ": " + e.getMessage());
        }
    }

    public Path directory() {
        return directory;
    }

    /** What could not be written; empty where everything was. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        csv.close();
        hlogBytes.close();
    }
}
