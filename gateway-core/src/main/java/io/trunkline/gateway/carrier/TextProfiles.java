package io.trunkline.gateway.carrier;

import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.MessageProfile;
import io.trunkline.gateway.engine.CarrierProtocol;
import io.trunkline.smpp.text.Concatenation;
import io.trunkline.smpp.text.DefaultAlphabet;
import io.trunkline.smpp.text.NationalLanguage;
import io.trunkline.smpp.text.TextProfile;

/** A carrier's message profile, as the segmenter wants it. */
public final class TextProfiles {
    private TextProfiles() {}

    /** How messages to a carrier are cut: not at all where each goes as one MESSAGE; its segments are counted all the same. */
    public static TextProfile of(final Carrier carrier) {
        return carrier.protocol() == CarrierProtocol.SIP
                ? of(carrier.messages(), Concatenation.PAYLOAD)
                : of(carrier.messages());
    }

    public static TextProfile of(final MessageProfile profile) {
        return of(profile, concatenation(profile.concatenation()));
    }

    private static TextProfile of(final MessageProfile profile, final Concatenation concatenation) {
        return TextProfile.builder()
                .defaultAlphabet(alphabet(profile.defaultAlphabet()))
                .nationalLanguages(profile.nationalTables().stream()
                        .map(table -> NationalLanguage.valueOf(table.name()))
                        .toList())
                .latin1(profile.latin1())
                .concatenation(concatenation)
                .gsm7DataCoding(profile.dataCodings().gsm7())
                .latin1DataCoding(profile.dataCodings().latin1())
                .ucs2DataCoding(profile.dataCodings().ucs2())
                .maxSegments(profile.maxSegments())
                .smartReplacement(profile.smartReplacement())
                .build();
    }

    public static DefaultAlphabet alphabet(final MessageProfile.Alphabet alphabet) {
        return switch (alphabet) {
            case GSM7 -> DefaultAlphabet.GSM7;
            case GSM7_PACKED -> DefaultAlphabet.GSM7_PACKED;
            case LATIN1 -> DefaultAlphabet.LATIN1;
            case ASCII -> DefaultAlphabet.ASCII;
        };
    }

    private static Concatenation concatenation(final MessageProfile.Concatenation concatenation) {
        return switch (concatenation) {
            case UDH8 -> Concatenation.UDH8;
            case UDH16 -> Concatenation.UDH16;
            case SAR -> Concatenation.SAR;
            case SAR16 -> Concatenation.SAR16;
            case PAYLOAD -> Concatenation.PAYLOAD;
        };
    }
}
