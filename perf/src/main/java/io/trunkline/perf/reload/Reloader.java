package io.trunkline.perf.reload;

import io.trunkline.gateway.admin.AdminClient;
import io.trunkline.gateway.admin.AdminRefusal;
import io.trunkline.gateway.config.history.ConfigHistory;
import io.trunkline.gateway.config.history.ConfigVersion;
import io.trunkline.perf.prove.Daemon;
import io.trunkline.perf.prove.ProveContext;
import io.trunkline.perf.reload.Candidates.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Applies candidates to a running daemon, as {@code trunkline apply} does over the admin socket, or edited in place and by
 * SIGHUP, and notes what was answered and when.
 */
public final class Reloader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<Mistake> MISTAKES = List.of(Mistake.values());
    private static final int MOST_RETRIES = 1000;
    private static final long HEAD_START_NS = 2_000_000;

    private final Daemon daemon;
    private final Candidates candidates;
    private final Path home;
    private final Path good;
    private final Path other;
    private final List<Reload> reloads = new ArrayList<>();
    private final Set<Integer> refusedCandidates = new HashSet<>();
    private final List<String> surprises = new ArrayList<>();
    private Candidate running;
    private int wrong;

    /**
     * One attempt.
     *
     * @param how {@code apply}, {@code sighup} or {@code meanwhile}: while another one was under way
     * @param code of the refusal; empty where it was applied
     * @param pauseNs that the shard says it stood still for; 0 where it was refused, or did not say
     */
    public record Reload(long startNs, long endNs, String how, String code, long pauseNs) {
        public boolean applied() {
            return code.isEmpty();
        }
    }

    /** @param scratch where candidates are put together */
    public Reloader(final Daemon daemon, final Path home, final Candidates candidates, final Path scratch)
            throws IOException {
        this.daemon = daemon;
        this.home = home;
        this.candidates = candidates;
        good = candidates.directory(scratch.resolve("candidate"));
        other = candidates.directory(scratch.resolve("meanwhile"));
    }

    /** Applies the next candidate, which must go well. */
    public void valid() throws IOException {
        final Candidate next = candidates.next();
        candidates.write(next, good);
        final Reload reload = applyAlone(good);
        note(reload, "");
        if (reload.applied()) {
            running = next;
        }
    }

    /** Applies one with the next mistake, which must be refused. */
    public void invalid() throws IOException {
        final Mistake mistake = nextMistake();
        candidates.directory(other);
        candidates.write(running, other);
        mistake.make(other);
        note(applyAlone(other), mistake.code());
    }

    /** Edits the next candidate in place and sends SIGHUP. */
    public void validBySighup() throws IOException, InterruptedException {
        final Candidate next = candidates.next();
        candidates.write(next, home);
        final Reload reload = sighup();
        note(reload, "");
        if (reload.applied()) {
            running = next;
        }
    }

    /** Makes a mistake in place, sends SIGHUP, and puts the files back. */
    public void invalidBySighup() throws IOException, InterruptedException {
        nextMistake().make(home);
        note(sighup(), "sighup");
        for (final Path directory : List.of(good, home)) {
            candidates.write(running, directory);
        }
        for (final String file : List.of("carriers.yaml", "routing.yaml")) {
            Files.write(home.resolve(file), Files.readAllBytes(good.resolve(file)));
        }
    }

    /** Two at once: the second is refused while the first is under way, or applied where it came too late. */
    public void meanwhile() throws IOException, InterruptedException {
        final Candidate next = candidates.next();
        candidates.write(next, good);
        final Candidate late = candidates.next();
        candidates.directory(other);
        candidates.write(late, other);
        final CompletableFuture<Reload> under = CompletableFuture.supplyAsync(() -> apply(good, "apply"));
        LockSupport.parkNanos(HEAD_START_NS);
        final Reload after = apply(other, "meanwhile");
        final Reload begun;
        try {
            begun = under.get();
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        note(begun, begun.code().equals("busy") ? "busy" : "");
        note(after, after.applied() ? "" : "busy");
        refused(begun, next);
        refused(after, late);
        final boolean lateStays = after.applied() && (!begun.applied() || after.endNs() >= begun.endNs());
        running = lateStays ? late : next;
    }

    private void refused(final Reload reload, final Candidate candidate) {
        if (!reload.applied()) {
            refusedCandidates.add(candidate.number());
        }
    }

    private Mistake nextMistake() {
        return MISTAKES.get(wrong++ % MISTAKES.size());
    }

    /** Applies once no other change is under way: a SIGHUP may have been heard of before all its files were in place. */
    private Reload applyAlone(final Path directory) {
        Reload reload = apply(directory, "apply");
        for (int i = 0; i < MOST_RETRIES && reload.code().equals("busy"); i++) {
            LockSupport.parkNanos(HEAD_START_NS);
            reload = apply(directory, "apply");
        }
        return reload;
    }

    private Reload apply(final Path directory, final String how) {
        final ObjectNode arguments = JsonNodeFactory.instance
                .objectNode()
                .put("directory", directory.toAbsolutePath().toString())
                .put("who", "prove")
                .put("comment", how);
        long startNs = System.nanoTime();
        // A connection each, as the command has: the daemon closes those on which nothing is asked for long.
        try (AdminClient client = new AdminClient(daemon.setup().data(), PATIENCE)) {
            startNs = System.nanoTime();
            final JsonNode answer = client.ask("config-apply", arguments);
            final boolean changed = answer.path("changed").asBoolean();
            return new Reload(
                    startNs,
                    System.nanoTime(),
                    how,
                    changed ? "" : "unchanged",
                    answer.path("pauseNs").asLong());
        } catch (AdminRefusal e) {
            return new Reload(startNs, System.nanoTime(), how, e.code(), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("the daemon does not answer; " + directory, e);
        }
    }

    /** What came of a signal is told by the history, or where it was refused by the daemon's log. */
    private Reload sighup() throws IOException, InterruptedException {
        final int before = newest();
        final long logged = Files.size(daemon.log());
        final long startNs = System.nanoTime();
        daemon.signal("HUP");
        final boolean ended = ProveContext.await(PATIENCE, () -> newest() > before || refused(line(logged)));
        final long endNs = System.nanoTime();
        if (!ended) {
            return new Reload(startNs, endNs, "sighup", "no answer", 0);
        }
        final boolean applied = newest() > before;
        return new Reload(startNs, endNs, "sighup", applied ? "" : "sighup", applied ? pauseNs(line(logged)) : 0);
    }

    private int newest() {
        try {
            return new ConfigHistory(daemon.setup().data())
                    .newest()
                    .map(ConfigVersion::version)
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be read", e);
        }
    }

    private static boolean refused(final String line) {
        return line.contains("configuration not applied") || line.contains("is in force already");
    }

    /** The line of the log, from an offset on, that says what came of it; empty where it is not there yet. */
    private String line(final long from) {
        try {
            final byte[] log = Files.readAllBytes(daemon.log());
            final String fresh = new String(log, (int) from, log.length - (int) from, StandardCharsets.UTF_8);
            final int end = fresh.lastIndexOf('\n');
            return fresh.substring(0, Math.max(0, end))
                    .lines()
                    .filter(line -> line.contains("applied by SIGHUP") || refused(line))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private static long pauseNs(final String line) {
        final String words = line.replaceAll(".*stood still for ([0-9]+) us.*", "$1");
        return words.matches("[0-9]+") ? Long.parseLong(words) * 1000 : 0;
    }

    private void note(final Reload reload, final String expected) {
        reloads.add(reload);
        if (!reload.code().equals(expected)) {
            surprises.add("a reload by " + reload.how() + " ended with `" + reload.code() + "` and not with `"
                    + expected + "`");
        }
    }

    /** All attempts, in their order. */
    public List<Reload> reloads() {
        return List.copyOf(reloads);
    }

    /** Good candidates that were refused because another one was under way; by their numbers. */
    public Set<Integer> refusedCandidates() {
        return Set.copyOf(refusedCandidates);
    }

    /** Answers that were not the right ones. */
    public List<String> surprises() {
        return List.copyOf(surprises);
    }
}
