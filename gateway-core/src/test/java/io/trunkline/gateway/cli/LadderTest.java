package io.trunkline.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the story of a call is drawn. */
class LadderTest {
    private static JsonNode steps(final String json) {
        return JsonMapper.builder().build().readTree(json.replace('\'', '"'));
    }

    @Test
    void drawsACallThatFailsOverAsALadder() {
        final JsonNode steps = steps("""
                [{'afterMs':0,'says':'1 calls 2','arrows':[{'from':'caller','to':'gateway','label':'INVITE'}]},
                 {'afterMs':30,'says':'attempt 1','arrows':[{'from':'gateway','to':'alpha/one','label':'INVITE'}]},
                 {'afterMs':100,'says':'given up','arrows':[{'from':'alpha/one','to':'gateway','label':'503'}]},
                 {'afterMs':100,'says':'attempt 2','arrows':[{'from':'gateway','to':'beta/two','label':'INVITE'}]},
                 {'afterMs':850,'says':'rings','arrows':[{'from':'beta/two','to':'gateway','label':'180'},
                                                         {'from':'gateway','to':'caller','label':'180'}]},
                 {'says':'the call is up'}]
                """);
        assertThat(Ladder.fits(steps)).isTrue();
        assertThat(Ladder.draw(steps)).isEqualTo("""
                                   caller           gateway         alpha/one        beta/two
                       +0 ms          |-----INVITE---->|                |                |         1 calls 2
                      +30 ms          |                |-----INVITE---->|                |         attempt 1
                     +100 ms          |                |<-----503-------|                |         given up
                     +100 ms          |                |-------------INVITE------------->|         attempt 2
                     +850 ms          |<-----180-------|<--------------180---------------|         rings
                                      |                |                |                |         the call is up
                """);
    }

    @Test
    void putsTheTrunkThatACallCameFromOnTheLeft() {
        final String ladder = Ladder.draw(steps("""
                [{'afterMs':0,'says':'','arrows':[{'from':'alpha/one','to':'gateway','label':'INVITE'}]},
                 {'afterMs':1,'says':'','arrows':[{'from':'gateway','to':'platform','label':'INVITE'}]}]
                """));
        assertThat(ladder.lines().findFirst().orElseThrow().trim()).matches("alpha/one +gateway +platform");
    }
}
