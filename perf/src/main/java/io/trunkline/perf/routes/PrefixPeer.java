package io.trunkline.perf.routes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.collections4.trie.PatriciaTrie;

/** Somebody else's map from prefixes to rows, used as one would use it for the longest prefix of a number. */
public abstract class PrefixPeer {
    /** In place of a row: no prefix of the number is in the map. */
    public static final int NO_ROW = -1;

    private final String name;

    private PrefixPeer(final String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /** The row with the longest prefix of a number, or {@link #NO_ROW}. */
    public abstract int find(String number);

    /** Fills a map with the rows of a file that are for every tenant; a row's number is its line. */
    private static <M extends SortedMap<String, Integer>> M read(final Path file, final M map) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
            in.readLine();
            int line = 2;
            for (String row = in.readLine(); row != null; row = in.readLine()) {
                final int comma = row.indexOf(',');
                if (row.charAt(comma + 1) == ',') {
                    map.put(row.substring(0, comma), line);
                }
                line++;
            }
        }
        return map;
    }

    /** Commons Collections' Patricia trie: it finds keys, so a number is shortened until one is there. */
    public static PrefixPeer patricia(final Path file) throws IOException {
        final PatriciaTrie<Integer> trie = read(file, new PatriciaTrie<>());
        final int longest =
                trie.keySet().stream().mapToInt(String::length).max().orElse(0);
        return new PrefixPeer("patricia") {
            @Override
            public int find(final String number) {
                for (int length = Math.min(longest, number.length()); length > 0; length--) {
                    final Integer row = trie.get(number.substring(0, length));
                    if (row != null) {
                        return row;
                    }
                }
                return NO_ROW;
            }
        };
    }

    /**
     * The JDK's sorted map: the greatest key that is not above the number; where that is no prefix of it, the same again with
     * what both begin with.
     */
    public static PrefixPeer treeMap(final Path file) throws IOException {
        final NavigableMap<String, Integer> map = read(file, new TreeMap<>());
        return new PrefixPeer("treeMap") {
            @Override
            public int find(final String number) {
                String wanted = number;
                while (!wanted.isEmpty()) {
                    final Map.Entry<String, Integer> below = map.floorEntry(wanted);
                    if (below == null) {
                        return NO_ROW;
                    }
                    if (wanted.startsWith(below.getKey())) {
                        return below.getValue();
                    }
                    wanted = wanted.substring(0, common(wanted, below.getKey()));
                }
                return NO_ROW;
            }
        };
    }

    private static int common(final String a, final String b) {
        final int length = Math.min(a.length(), b.length());
        int at = 0;
        while (at < length && a.charAt(at) == b.charAt(at)) {
            at++;
        }
        return at;
    }
}
