/**
 * From files to values: reads a configuration directory, checks it as a whole against the schemas and against itself,
 * and lists every mistake with its place, or gives a {@link io.trunkline.gateway.config.GatewayConfig}.
 */
package io.trunkline.gateway.config.load;
