package io.trunkline.gateway.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Block and safe lists of a running daemon: what operators put on them takes effect at once and outlasts a restart. */
public interface BlockDesk {
    /**
     * One line.
     *
     * @param prefix of a destination in E.164 digits, or of a sender
     * @param expiresAtMs since 1970; {@code Long.MAX_VALUE}: never
     * @param source {@code blocks.csv:17}, or {@code operator}
     */
    record Line(
            String prefix,
            boolean safe,
            boolean sender,
            Optional<String> tenant,
            long expiresAtMs,
            String reason,
            String source) {}

    /** Puts lines in force, all or none, in the place of like ones. */
    void add(List<Line> lines) throws AdminRefusal;

    /** Takes a line away that an operator added. */
    void remove(Line like) throws AdminRefusal;

    /** Puts the lines of a file in force, all or none; returns how many there are. */
    int load(Path file) throws AdminRefusal;

    /** The lines in force whose prefix begins so, by end, tenant and prefix. */
    List<Line> lines(String prefix);
}
