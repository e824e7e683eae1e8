/**
 * What the journal says, told to others as it goes: records as events ({@code RecordEvents}), a thread that keeps a target up with the
 * journal ({@code ExportService}), and its cursor. Which record is an event, and what it says: {@code docs/reference/events.md}.
 * Targets have rooms of their own ({@code kafka}); nothing here is on the shard's way.
 */
package io.trunkline.gateway.export;
