package io.trunkline.perf.prove;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** A program like {@code trunkline prove} whose claim starts another process whenever one of its own has ended. */
final class StubbornClaim {
    private StubbornClaim() {}

    /**
     * Runs until it is interrupted.
     *
     * @param arguments directory, and how long children sleep
     */
    public static void main(final String[] arguments) throws Exception {
        final PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        final ProveContext context = new ProveContext(Path.of(arguments[0]), Map.of(), out);
        Interruption.endsAll(context, () -> goOn(context, arguments[1]));
    }

    private static Void goOn(final ProveContext context, final String seconds) throws IOException {
        new ProcessBuilder("sleep", seconds).start();
        final Process shell = start("sh", "-c", "sleep " + seconds + " & wait");
        context.ending(shell::destroy);
        while (true) {
            final Process peer = start("sleep", seconds);
            context.ending(peer::destroyForcibly);
            peer.onExit().join();
        }
    }

    private static Process start(final String... command) throws IOException {
        return new ProcessBuilder(command).start();
    }
}
