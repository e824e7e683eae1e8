package io.trunkline.client;

import io.trunkline.upstream.codec.ReplayEventsEncoder;
import java.time.Instant;

/** Which events are wanted once more: those that all of this is true of. */
public final class ReplayRequest {
    final long fromMs;
    final long toMs;
    final long fromIndex;
    final long toIndex;
    final long unitId;
    final int eventsPerSecond;

    private ReplayRequest(final Builder builder) {
        fromMs = builder.fromMs;
        toMs = builder.toMs;
        fromIndex = builder.fromIndex;
        toIndex = builder.toIndex;
        unitId = builder.unitId;
        eventsPerSecond = builder.eventsPerSecond;
    }

    /** Without a bound: all events that the gateway keeps. */
    public static Builder builder() {
        return new Builder();
    }

    /** Gathers the bounds. */
    public static final class Builder {
        private long fromMs = ReplayEventsEncoder.fromMsNullValue();
        private long toMs = ReplayEventsEncoder.toMsNullValue();
        private long fromIndex = ReplayEventsEncoder.fromIndexNullValue();
        private long toIndex = ReplayEventsEncoder.toIndexNullValue();
        private long unitId;
        private int eventsPerSecond;

        private Builder() {}

        /** Happened then or later, by the gateway's clock. */
        public Builder from(final Instant time) {
            fromMs = time.toEpochMilli();
            return this;
        }

        /** Happened before. */
        public Builder to(final Instant time) {
            toMs = time.toEpochMilli();
            return this;
        }

        /** Stands in the journal at this index or behind it: {@code trunkline-index} of an event in Kafka, or where a replay stopped. */
        public Builder fromIndex(final long index) {
            fromIndex = index;
            return this;
        }

        /** Stands in the journal before this index. */
        public Builder toIndex(final long index) {
            toIndex = index;
            return this;
        }

        /** Of this message or call alone. */
        public Builder unit(final long id) {
            unitId = id;
            return this;
        }

        /** At most so many in a second; the gateway may allow fewer. */
        public Builder eventsPerSecond(final int most) {
            if (most < 1) {
                throw new IllegalArgumentException("no event comes at a rate of " + most);
            }
            eventsPerSecond = most;
            return this;
        }

        public ReplayRequest build() {
            return new ReplayRequest(this);
        }
    }
}
