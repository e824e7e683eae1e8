package io.trunkline.gateway.admin;

import io.trunkline.gateway.admin.Rows.ExportRow;
import io.trunkline.gateway.admin.Rows.UsageRow;
import io.trunkline.gateway.admin.ShardView.UnitQuery;
import io.trunkline.gateway.journal.JournalStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code show-…}: what is asked most. */
public final class ShowCommands {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_UNITS = 10_000;

    private ShowCommands() {}

    /**
     * All of them.
     *
     * @param journal gives the journal's status, from any thread
     * @param usage of prepaid tenants, from any thread
     * @param exports gives what follows the journal, from any thread
     */
    public static List<AdminCommand> of(
            final ShardTasks shard,
            final Supplier<JournalStatus> journal,
            final Supplier<List<UsageRow>> usage,
            final Supplier<List<ExportRow>> exports) {
        return List.of(
                show("carriers", shard, arguments -> ShardView::carriers),
                show("binds", shard, arguments -> ShardView::binds),
                show("queues", shard, arguments -> ShardView::queues),
                show("limits", shard, arguments -> ShardView::limits),
                show("tenants", shard, arguments -> ShardView::tenants),
                show("events", shard, arguments -> ShardView::events),
                show("alarms", shard, arguments -> ShardView::alarms),
                show("latency", shard, arguments -> ShardView::latencies),
                show("counters", shard, arguments -> ShardView::counters),
                show("units", shard, ShowCommands::units),
                show("calls", shard, ShowCommands::calls),
                show("trunks", shard, arguments -> ShardView::trunks),
                command("show-usage", arguments -> JSON.valueToTree(usage.get())),
                command("show-journal", arguments -> JSON.valueToTree(List.of(journal.get()))),
                command("show-exports", arguments -> JSON.valueToTree(exports.get())));
    }

    private static Function<ShardView, List<?>> units(final JsonNode arguments) {
        final UnitQuery query = query(arguments);
        return shard -> shard.units(query);
    }

    private static Function<ShardView, List<?>> calls(final JsonNode arguments) {
        final UnitQuery query = query(arguments);
        return shard -> shard.calls(query);
    }

    private static UnitQuery query(final JsonNode arguments) {
        return new UnitQuery(
                text(arguments, "tenant"),
                text(arguments, "carrier"),
                text(arguments, "state"),
                Math.max(1, Math.min(MAX_UNITS, arguments.path("limit").asInt(100))));
    }

    static Optional<String> text(final JsonNode arguments, final String name) {
        return Optional.of(arguments.path(name).asString("")).filter(value -> !value.isEmpty());
    }

    private static AdminCommand show(
            final String what,
            final ShardTasks shard,
            final Function<JsonNode, Function<ShardView, List<?>>> question) {
        return command("show-" + what, arguments -> JSON.valueToTree(shard.call(question.apply(arguments))));
    }

    /** What a command does. */
    @FunctionalInterface
    interface Answer {
        JsonNode to(JsonNode arguments) throws AdminRefusal;
    }

    static AdminCommand command(final String name, final Answer answer) {
        return new AdminCommand() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public JsonNode handle(final JsonNode arguments) throws AdminRefusal {
                return answer.to(arguments);
            }
        };
    }
}
