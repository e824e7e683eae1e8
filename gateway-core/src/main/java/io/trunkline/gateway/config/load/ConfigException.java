package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import java.util.List;

/** A configuration was refused as a whole. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<ConfigProblem> problems;

    ConfigException(final List<ConfigProblem> problems, final String report) {
        super(report);
        this.problems = problems;
    }

    public List<ConfigProblem> problems() {
        return problems;
    }
}
