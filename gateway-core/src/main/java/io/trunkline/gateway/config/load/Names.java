package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.DUPLICATE_NAME;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Names that must be unique, and where each was met first. */
final class Names {
    private final YamlTree tree;
    private final Problems problems;
    private final Map<String, Integer> lines = new HashMap<>();

    Names(final YamlTree tree, final Problems problems) {
        this.tree = tree;
        this.problems = problems;
    }

    /** Takes the name at a pointer, if there is one; complains of a second one. */
    void take(final String pointer, final String what) {
        final String name = tree.root().at(pointer).asString("");
        if (name.isEmpty()) {
            return;
        }
        final Place place = tree.valueAt(pointer);
        final Integer first = lines.putIfAbsent(name, place.line());
        if (first != null) {
            problems.add(
                    tree.file(),
                    place,
                    DUPLICATE_NAME,
                    "line " + first + " has " + what + " `" + name + "` already",
                    "give each its own");
        }
    }

    /** Takes the {@code name} of every entry of a list. */
    void takeAll(final String list, final String what) {
        for (int i = 0; i < tree.root().at(list).size(); i++) {
            take(YamlTree.child(YamlTree.child(list, i), "name"), what);
        }
    }

    Set<String> all() {
        return lines.keySet();
    }
}
