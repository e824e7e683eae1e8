package io.trunkline.perf.docs;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Keys of the configuration with their paths, as the reference lists them: {@code carriers[].binds[].host}, {@code ways.NAME.strip}. */
final class ConfigKeys {
    private final Set<String> listed = new HashSet<>();
    /** What others are listed below; {@code ""} is the top of a file. */
    private final Set<String> parents = new HashSet<>(Set.of(""));

    ConfigKeys(final Set<String> reference) {
        for (final String path : reference) {
            String rest = path;
            for (int at = rest.length(); at > 0; at = rest.lastIndexOf('.')) {
                rest = rest.substring(0, at);
                listed.add(rest);
                if (rest.endsWith("[]")) {
                    parents.add(rest);
                    rest = rest.substring(0, rest.length() - 2);
                    listed.add(rest);
                }
                if (!path.equals(rest)) {
                    parents.add(rest);
                }
            }
        }
    }

    boolean contains(final String path) {
        return listed.contains(path);
    }

    /** Keys of an example that are not listed, whatever place of whichever file it is a part of. */
    Set<String> unknown(final Object example) {
        return parents.stream()
                .filter(parent -> parent.endsWith("[]") || !(example instanceof List))
                // There, any name will do.
                .filter(parent -> !listed.contains(parent + ".NAME"))
                .map(parent -> unknown(example, parent))
                .min(Comparator.comparingInt(Set::size))
                .orElseThrow();
    }

    /** Keys below a path that are not listed; empty where the reference leaves them to the writer. */
    private Set<String> unknown(final Object example, final String path) {
        final Set<String> unknown = new TreeSet<>();
        if (example instanceof Map<?, ?> map && parents.contains(path)) {
            map.forEach((name, value) -> {
                final String named = path.isEmpty() ? name.toString() : path + "." + name;
                final String any = path + ".NAME";
                if (listed.contains(named)) {
                    unknown.addAll(unknown(value, named));
                } else if (listed.contains(any)) {
                    unknown.addAll(unknown(value, any));
                } else {
                    unknown.add(named);
                }
            });
        } else if (example instanceof List<?> list) {
            final String each = path.endsWith("[]") ? path : path + "[]";
            if (parents.contains(path) && !parents.contains(each)) {
                unknown.add(each);
            }
            list.forEach(item -> unknown.addAll(unknown(item, each)));
        }
        return unknown;
    }
}
