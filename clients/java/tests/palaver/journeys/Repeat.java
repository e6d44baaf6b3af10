package palaver.journeys;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/** Waits as long as `Retry-After` says; repeats after a lost connection what cannot act twice. */
final class Repeat implements ClientHttpRequestInterceptor {
  private static final int ATTEMPTS = 4;

  @Override
  public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
      throws IOException {
    boolean harmless =
        request.getMethod() == HttpMethod.GET || request.getHeaders().containsKey("Idempotency-Key");
    for (int attempt = 1; ; attempt++) {
      Duration delay;
      try {
        ClientHttpResponse response = execution.execute(request, body);
        int status = response.getStatusCode().value();
        String after = response.getHeaders().getFirst("Retry-After");
        if (attempt == ATTEMPTS || after == null || status != 429 && status != 503) {
          return response;
        }
        response.close();
        delay = Duration.ofSeconds(Long.parseLong(after));
      } catch (IOException lost) {
        if (attempt == ATTEMPTS || !harmless) {
          throw lost;
        }
        delay = backOff(attempt);
      }
      try {
        Thread.sleep(delay.toMillis());
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException();
      }
    }
  }

  /** The wait behind the attempt. */
  static Duration backOff(int attempt) {
    return Duration.ofMillis(100L << Math.min(attempt, 6));
  }
}
