package io.trunkline.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.Endpoint;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminHttpTest {
    private final FakeShard shard = new FakeShard();
    private final GatewayMetrics metrics = new GatewayMetrics(shard, shard::journal, shard::exports, shard);
    private final HttpClient http = HttpClient.newHttpClient();
    private AdminHttp server;

    @BeforeEach
    void start() throws Exception {
        final Secret token = Secret.of("${env:TOKEN}", "s3cret");
        server = new AdminHttp(new Gateway.AdminHttp(new Endpoint("127.0.0.1", 0), Optional.of(token)), metrics, shard);
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    private HttpResponse<String> get(final String path, final String... headers) throws Exception {
        final HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metricsNeedTheToken() throws Exception {
        assertThat(get("/metrics").statusCode()).isEqualTo(401);
        assertThat(get("/metrics", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        assertThat(get("/metrics", "Authorization", "Bearer s3cret").statusCode())
                .isEqualTo(200);
    }

    @Test
    void metricsAreMadeOfTheRows() throws Exception {
        assertThat(get("/metrics", "Authorization", "Bearer s3cret").body())
                .contains("trunkline_carrier_sent_segments_total{carrier=\"alpha\"} 1000")
                .contains("trunkline_bind_up{bind=\"one\",carrier=\"alpha\"} 1.0")
                .contains("trunkline_tenant_open_units{tenant=\"acme\"} 57.0")
                .contains("trunkline_latency_seconds{latency=\"submit\",quantile=\"0.99\"} 0.002")
                .contains("trunkline_unmapped_statuses_total{code=\"0x00000450\"} 6")
                .contains("# TYPE trunkline_calls_open gauge\ntrunkline_calls_open 3")
                .contains("trunkline_journal_not_durable_records 2.0")
                .contains("trunkline_alarms{severity=\"warning\"} 1.0")
                .contains("trunkline_shard_answers 1.0")
                .contains("jvm_memory_used_bytes");
    }

    @Test
    void aShardThatDoesNotAnswerIsSeenAndItsOldValuesAreNotRepeated() {
        assertThat(metrics.scrape()).contains("trunkline_carrier_sent_segments_total");
        shard.busy = true;
        assertThat(metrics.scrape())
                .contains("trunkline_shard_answers 0.0")
                .contains("trunkline_journal_accepting 1.0")
                .doesNotContain("trunkline_carrier_sent_segments_total");
        shard.busy = false;
        assertThat(metrics.scrape()).contains("trunkline_carrier_sent_segments_total{carrier=\"alpha\"} 1000");
    }

    @Test
    void readinessNamesItsReasons() throws Exception {
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").body()).isEqualTo("{\"ready\":true,\"reasons\":[]}\n");
        shard.notReady = List.of("the journal's disk is nearly full");
        final HttpResponse<String> response = get("/readyz");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).contains("nearly full");
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        final HttpRequest post = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + "/livez"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertThat(http.send(post, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }
}
