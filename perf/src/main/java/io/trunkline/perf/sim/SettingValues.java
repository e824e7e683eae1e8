package io.trunkline.perf.sim;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of all settings of a simulator as text, and how they are read. Immutable. */
final class SettingValues<S extends Enum<S> & Setting> {
    private final Class<S> type;
    private final Map<S, String> values;

    private SettingValues(final Class<S> type, final Map<S, String> values) {
        this.type = type;
        this.values = values;
    }

    /** What holds where nothing is set. */
    static <S extends Enum<S> & Setting> SettingValues<S> initial(final Class<S> type) {
        final Map<S, String> initial = new EnumMap<>(type);
        for (final S setting : type.getEnumConstants()) {
            initial.put(setting, setting.initial());
        }
        return new SettingValues<>(type, initial);
    }

    SettingValues<S> with(final S setting, final String value) {
        final Map<S, String> changed = new EnumMap<>(values);
        changed.put(setting, value.strip());
        return new SettingValues<>(type, changed);
    }

    /**
     * The setting of this name.
     *
     * @throws IllegalArgumentException where there is none
     */
    S named(final String key) {
        return Arrays.stream(type.getEnumConstants())
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no setting '" + key + "'; there are: "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Setting::key)
                                .collect(Collectors.joining(", "))));
    }

    Map<S, String> all() {
        return Collections.unmodifiableMap(values);
    }

    /** Reads a value; may throw IllegalArgumentException. */
    interface Reader<T> {
        T read(String text);
    }

    <T> T read(final S setting, final Reader<T> reader) {
        final String text = values.get(setting);
        try {
            return reader.read(text);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting.key() + ": '" + text + "' does not fit: " + setting.help() + " (" + e.getMessage() + ")",
                    e);
        }
    }

    double fraction(final S setting) {
        return read(setting, text -> {
            final double percent = Double.parseDouble(text);
            if (percent < 0 || percent > 100) {
                throw new IllegalArgumentException("not between 0 and 100");
            }
            return percent / 100;
        });
    }

    int between(final S setting, final int least, final int most) {
        return read(setting, text -> {
            final int value = Integer.decode(text);
            if (value < least || value > most) {
                throw new IllegalArgumentException("not between " + least + " and " + most);
            }
            return value;
        });
    }

    String oneOf(final S setting, final String... allowed) {
        return read(setting, text -> {
            if (!Arrays.asList(allowed).contains(text)) {
                throw new IllegalArgumentException("not one of " + String.join(", ", allowed));
            }
            return text;
        });
    }
}
