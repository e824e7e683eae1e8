package io.trunkline.perf.claims;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the few system commands that need root: images, mounts. */
final class Shell {
    private Shell() {}

    /** Runs a command; throws with its output where it fails. */
    static String run(final String... command) throws IOException, InterruptedException {
        final Process child =
                new ProcessBuilder(command).redirectErrorStream(true).start();
        child.getOutputStream().close();
        final String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) {
            throw new IOException(List.of(command) + " failed: " + text.strip());
        }
        return text.strip();
    }

    static boolean isRoot() throws IOException, InterruptedException {
        return "0".equals(run("id", "-u"));
    }
}
