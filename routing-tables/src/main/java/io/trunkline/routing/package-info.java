/** placeholder */
package io.trunkline.routing;
