package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import io.trunkline.gateway.config.GatewayConfig;
import java.util.List;
import java.util.Optional;

/**
 * What came of reading a configuration directory: a configuration, or the list of all that is wrong with it.
 *
 * @param config present where there are no problems, and only there
 * @param problems sorted by file, line and column; at most 1000
 * @param total how many there are, listed or not
 * @param warnings what can be applied and is hardly meant so, in the same order; at most 1000
 * @param report problems and warnings for people: with source lines, carets and remedies; empty where there are none
 */
public record LoadResult(
        Optional<GatewayConfig> config,
        List<ConfigProblem> problems,
        int total,
        List<ConfigProblem> warnings,
        String report) {
    public LoadResult {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * The configuration.
     *
     * @throws ConfigException with the report, where there is none
     */
    public GatewayConfig orThrow() throws ConfigException {
        return config.orElseThrow(() -> new ConfigException(problems, report));
    }
}
