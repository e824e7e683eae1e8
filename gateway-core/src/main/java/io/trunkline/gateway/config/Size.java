package io.trunkline.gateway.config;

/** An amount of bytes, written {@code 512B 64KiB 256MiB 2GiB}. */
public record Size(long bytes) {
    /** The amount as an {@code int}; the schema keeps sizes of buffers and frames below 2 GiB. */
    public int intBytes() {
        return Math.toIntExact(bytes);
    }
}
