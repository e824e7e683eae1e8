package io.trunkline.gateway.admin;

import io.trunkline.gateway.config.history.ConfigDiff;
import io.trunkline.gateway.config.history.ConfigHistory.Unconfirmed;
import io.trunkline.gateway.config.history.ConfigVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the configuration of the running daemon is changed. Any thread; one change at a time, the others are refused. */
public interface ConfigDesk {
    /**
     * How a change is to be made.
     *
     * @param who asks
     * @param comment kept in the history and in the journal
     * @param confirm goes back by itself after so long, unless confirmed; zero: stays
     * @param shrink also where much vanishes
     */
    record Wishes(String who, String comment, Duration confirm, boolean shrink) {}

    /**
     * What came of it.
     *
     * @param version in force now
     * @param changed false where the candidate was in force already
     * @param deadline of the confirmation, where one is awaited
     * @param pause for how long the shard did nothing but change over
     */
    record Outcome(
            int version, String hash, boolean changed, ConfigDiff diff, Optional<Instant> deadline, Duration pause) {}

    /**
     * What was in force, oldest first; the last is.
     *
     * @param unconfirmed what is put back unless it is confirmed
     */
    record History(List<ConfigVersion> versions, Optional<Unconfirmed> unconfirmed) {
        public History {
            versions = List.copyOf(versions);
        }
    }

    /**
     * What would change.
     *
     * @param candidate the daemon's own directory, where none is named
     * @throws AdminRefusal {@code invalid}
     */
    ConfigDiff diff(Optional<Path> candidate) throws AdminRefusal;

    /**
     * Puts the files of a directory in force: all of them, or none.
     *
     * @param candidate the daemon's own directory, where none is named: it was edited in place
     * @throws AdminRefusal {@code invalid}, {@code shrinks}, {@code busy}, {@code storage}; nothing has changed then
     */
    Outcome apply(Optional<Path> candidate, Wishes wishes) throws AdminRefusal;

    /**
     * Puts an earlier version in force again, as a new version.
     *
     * @param version the one before the last, where none is named
     */
    Outcome rollback(Optional<Integer> version, String who) throws AdminRefusal;

    /** What was applied to be confirmed stays. */
    ConfigVersion confirm(String who) throws AdminRefusal;

    History history() throws AdminRefusal;
}
