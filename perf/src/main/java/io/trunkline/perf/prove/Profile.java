package io.trunkline.perf.prove;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where a daemon's time goes, by Flight Recorder: the recording itself, its stacks in the collapsed form that flame graph
 * tools take, and the methods that were found on top most often.
 */
public final class Profile {
    private static final int TOP = 15;

    private final Daemon daemon;
    private final Path recording;

    private Profile(final Daemon daemon, final Path recording) {
        this.daemon = daemon;
        this.recording = recording;
    }

    /** Starts to record into a file to be. */
    public static Profile start(final Daemon daemon, final Path recording) throws IOException, InterruptedException {
        daemon.jcmd("JFR.start", "name=prove", "settings=profile");
        return new Profile(daemon, recording.toAbsolutePath());
    }

    /** Ends the recording; the methods on top, a line each, with their share of the shard's samples. */
    public List<String> stop() throws IOException, InterruptedException {
        daemon.jcmd("JFR.stop", "name=prove", "filename=" + recording);
        final Map<String, Long> stacks = new TreeMap<>();
        final Map<String, Long> tops = new TreeMap<>();
        long samples = 0;
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                final RecordedEvent event = file.readEvent();
                final String type = event.getEventType().getName();
                if (event.getStackTrace() != null
                        && (type.equals("jdk.ExecutionSample") || type.equals("jdk.NativeMethodSample"))
                        && event.getThread("sampledThread").getJavaName().contains("shard")) {
                    final Deque<String> frames = new ArrayDeque<>();
                    for (final RecordedFrame frame : event.getStackTrace().getFrames()) {
                        frames.addFirst(name(frame.getMethod()));
                    }
                    stacks.merge(String.join(";", frames), 1L, Long::sum);
                    tops.merge(frames.getLast(), 1L, Long::sum);
                    samples++;
                }
            }
        }
        Files.write(
                Path.of(recording + ".collapsed"),
                stacks.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.toList()),
                StandardCharsets.UTF_8);
        final double all = Math.max(1, samples);
        return tops.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Long> entry) -> -entry.getValue()))
                .limit(TOP)
                .map(entry -> String.format(Locale.ROOT, "%5.1f %%  %s", entry.getValue() / all * 100, entry.getKey()))
                .toList();
    }

    private static String name(final RecordedMethod method) {
        final String type = method.getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + method.getName();
    }
}
