package io.trunkline.gateway.daemon;

import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.MessageClass;
import io.trunkline.gateway.engine.Engine;
import io.trunkline.gateway.journal.chronicle.JournalFiles;
import io.trunkline.gateway.journal.seal.FileBodyKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The keys of bodies that are sealed in the journal, in a file beside its runs. */
final class BodySealing implements AutoCloseable {
    private static final String FILE_NAME = "body.keys";

    private final FileBodyKeys keys;

    private BodySealing(final FileBodyKeys keys) {
        this.keys = keys;
    }

    /**
     * Has the engine seal what the config says, and open what an earlier one said.
     *
     * @param onFailure told why no further keys can be had
     */
    static BodySealing of(final Gateway gateway, final Engine engine, final Consumer<String> onFailure) {
        final Path file = JournalFiles.shardDirectory(gateway.data(), 0).resolve(FILE_NAME);
        int classes = 0;
        for (final MessageClass sealed : gateway.journal().sealBodiesOf()) {
            classes |= 1 << (sealed.number() - 1);
        }
        if (classes == 0 && !Files.exists(file)) {
            return new BodySealing(null);
        }
        final FileBodyKeys keys =
                new FileBodyKeys(file, gateway.limits().openUnits(), problem -> onFailure.accept(problem.getMessage()));
        engine.sealing(keys, classes);
        return new BodySealing(keys);
    }

    @Override
    public void close() {
        if (keys != null) {
            keys.close();
        }
    }
}
