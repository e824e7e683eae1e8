/**
 * Media anchored elsewhere: the client of rtpengine's control protocol {@code ng}, which rewrites session descriptions so that media
 * goes through the relay. No media comes here. {@link io.trunkline.sip.media.MediaRelay} is the door; its datagrams go through
 * whatever socket its owner gives it.
 */
package io.trunkline.sip.media;
