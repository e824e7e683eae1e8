/** Which configurations were in force: kept on disk, compared, and put back. */
package io.trunkline.gateway.config.history;
