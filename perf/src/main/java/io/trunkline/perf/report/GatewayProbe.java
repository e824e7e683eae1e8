package io.trunkline.perf.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what the gateway says of itself from its metrics (Prometheus text), once a sample, on a thread of its own: a
 * gateway that does not answer costs a gap in its curves and nothing else.
 */
public final class GatewayProbe implements AutoCloseable {
    private static final int TIMEOUT_MS = 800;
    /** What is shown: the metric's name up to its labels, and how the report calls it. Same-named values are added up. */
    private static final Map<String, String> SHOWN = shown();

    private final URI address;
    private final Thread thread;
    private volatile Map<String, Double> newest = Map.of();
    private volatile String trouble = "";
    private volatile boolean closing;
    private double lastCpu = -1;
    private double lastGc = -1;
    private long lastNs;

    /** @param address such as {@code http://127.0.0.1:7480/metrics} */
    public GatewayProbe(final URI address) {
        this.address = address;
        thread = new Thread(this::run, "gateway-probe");
        thread.setDaemon(true);
        thread.start();
    }

    private static Map<String, String> shown() {
        final Map<String, String> names = new LinkedHashMap<>();
        names.put("trunkline_journal_not_durable_records", "journalLag");
        names.put("trunkline_tenant_open_units", "openUnits");
        names.put("trunkline_tenant_events_pending", "eventsPending");
        names.put("trunkline_queue_units", "queued");
        names.put("trunkline_bind_in_flight", "bindInFlight");
        names.put("process_cpu_time_ns_total", "cpuNs");
        names.put("jvm_gc_pause_seconds_sum", "gcSeconds");
        return names;
    }

    private void run() {
        while (!closing) {
            try {
                newest = rates(read());
                trouble = "";
                Thread.sleep(500);
            } catch (final IOException | RuntimeException e) {
                newest = Map.of();
                trouble = address + ": " + e.getMessage();
                if (!pause()) {
                    return;
                }
            } catch (final InterruptedException e) {
                return;
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(1000);
            return true;
        } catch (final InterruptedException e) {
            return false;
        }
    }

    private Map<String, Double> read() throws IOException {
        final HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MS);
        connection.setReadTimeout(TIMEOUT_MS);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException("answered " + connection.getResponseCode());
        }
        final Map<String, Double> values = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line, values);
            }
        }
        return values;
    }

    /** One line of Prometheus' text format 0.0.4: {@code name{labels} value}. */
    static void take(final String line, final Map<String, Double> values) {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return;
        }
        final int brace = line.indexOf('{');
        final int space = line.lastIndexOf(' ');
        final int end = brace >= 0 ? brace : space;
        final String shown = end > 0 ? SHOWN.get(line.substring(0, end)) : null;
        if (shown != null) {
            values.merge(shown, Double.parseDouble(line.substring(space + 1)), Double::sum);
        }
    }

    private Map<String, Double> rates(final Map<String, Double> read) {
        final long nowNs = System.nanoTime();
        final Map<String, Double> values = new LinkedHashMap<>(read);
        final Double cpu = values.remove("cpuNs");
        final Double gc = values.remove("gcSeconds");
        final double seconds = (nowNs - lastNs) / 1e9;
        if (cpu != null && lastCpu >= 0) {
            values.put("cpu", (cpu - lastCpu) / 1e9 / seconds);
        }
        if (gc != null && lastGc >= 0) {
            values.put("gcMs", (gc - lastGc) / seconds * 1000);
        }
        lastCpu = cpu == null ? -1 : cpu;
        lastGc = gc == null ? -1 : gc;
        lastNs = nowNs;
        return values;
    }

    /** The newest values: journalLag (records), openUnits, eventsPending, queued, cpu (cores), gcMs (a second). */
    public Map<String, Double> newest() {
        return newest;
    }

    /** Why there are none; empty where there are. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
    }
}
