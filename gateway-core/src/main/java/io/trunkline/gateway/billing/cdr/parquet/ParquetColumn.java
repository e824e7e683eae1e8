package io.trunkline.gateway.billing.cdr.parquet;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** One column; any value may be absent. */
public record ParquetColumn(String name, Kind kind) {
    /** What its values are. */
    public enum Kind {
        /** UTF-8. */
        TEXT,
        /** 64 bits, signed. */
        NUMBER,
        /** A decimal of 18 digits, six of them behind the point, given as whole millionths. */
        AMOUNT,
        /** Milliseconds since the epoch, UTC. */
        TIME
    }

    private static final int AMOUNT_DIGITS = 18;
    private static final int AMOUNT_DECIMALS = 6;

    Type type() {
        return switch (kind) {
            case TEXT ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            case NUMBER -> Types.optional(PrimitiveTypeName.INT64).named(name);
            case AMOUNT ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.decimalType(AMOUNT_DECIMALS, AMOUNT_DIGITS))
                        .named(name);
            case TIME ->
                Types.optional(PrimitiveTypeName.INT64)
                        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                        .named(name);
        };
    }
}
