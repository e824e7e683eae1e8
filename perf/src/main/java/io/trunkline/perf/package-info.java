/** placeholder */
package io.trunkline.perf;
