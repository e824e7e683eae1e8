package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Some lines of a file that is too large to be kept. */
final class PickedLines implements Lines {
    private final Map<Integer, String> lines = new HashMap<>();

    private PickedLines() {}

    /** The lines of a file that problems speak of; none where it cannot be read, which has been told of. */
    static PickedLines of(final Path file, final List<ConfigProblem> problems) {
        final PickedLines picked = new PickedLines();
        final Set<Integer> wanted = problems.stream()
                .filter(problem -> file.endsWith(problem.file()))
                .map(ConfigProblem::line)
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            return picked;
        }
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int left = wanted.size();
            int number = 1;
            for (String line = in.readLine(); line != null && left > 0; line = in.readLine()) {
                if (wanted.contains(number)) {
                    picked.lines.put(number, line.stripTrailing());
                    left--;
                }
                number++;
            }
        } catch (IOException e) {
            picked.lines.clear();
        }
        return picked;
    }

    @Override
    public String line(final int number) {
        return lines.getOrDefault(number, "");
    }
}
