/** placeholder */
package io.trunkline.client;
