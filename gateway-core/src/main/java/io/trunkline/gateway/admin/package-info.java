/**
 * What an operator may ask of a running daemon: the Unix-domain socket with its commands, metrics and health over HTTP.
 * Runs on housekeeping threads; what touches the shard's state is handed to the shard through {@link
 * io.trunkline.gateway.admin.ShardTasks}.
 */
package io.trunkline.gateway.admin;
