package palaver.journeys;

import static palaver.journeys.World.check;
import static palaver.journeys.World.key;
import static palaver.journeys.World.refused;
import static palaver.journeys.World.same;
import static palaver.journeys.World.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.MediaType;
import palaver.client.model.ChatBusyBehavior;
import palaver.client.model.ChatBusyResponse;
import palaver.client.model.ChatFilePart;
import palaver.client.model.ChatInputFilePart;
import palaver.client.model.ChatInputPart;
import palaver.client.model.ChatMessage;
import palaver.client.model.ChatMessageRole;
import palaver.client.model.ChatStatus;
import palaver.client.model.ChatStreamActionRequiredEvent;
import palaver.client.model.ChatStreamEvent;
import palaver.client.model.ChatStreamMessageEvent;
import palaver.client.model.ChatStreamMessagePartEvent;
import palaver.client.model.ChatStreamStatusEvent;
import palaver.client.model.ChatStreamToolCall;
import palaver.client.model.CreateChatRequest;
import palaver.client.model.DynamicTool;
import palaver.client.model.ImportChatRequest;
import palaver.client.model.ImportedChat;
import palaver.client.model.ImportedChatFacts;
import palaver.client.model.ImportedMessage;
import palaver.client.model.ImportedMessage.RoleEnum;
import palaver.client.model.ImportedTextPart;
import palaver.client.model.LoginWithPasswordRequest;
import palaver.client.model.Response;
import palaver.client.model.SubmitToolResultsRequest;
import palaver.client.model.ToolResult;

/** The journeys of ../../../../journeys.md. */
public final class Journeys {
  private static final int SECONDS_PER_JOURNEY = 180;

  private final World steady = new World(setting("URL"), setting("TOKEN"));
  private final World unsteady = new World(setting("UNSTEADY_URL"), setting("TOKEN"));
  private final ExecutorService threads = Executors.newCachedThreadPool(Journeys::daemon);

  public static void main(String[] arguments) throws Exception {
    Journeys journeys = new Journeys();
    journeys.go("sign_in", journeys::signIn);
    journeys.go("create_and_send", journeys::createAndSend);
    journeys.go("stream_to_the_end", journeys::streamToTheEnd);
    journeys.go("resume", journeys::resume);
    journeys.go("queue_promote_interrupt", journeys::queuePromoteInterrupt);
    journeys.go("files", journeys::files);
    journeys.go("client_side_tool", journeys::clientSideTool);
    journeys.go("refused_send", journeys::refusedSend);
    journeys.go("paging", journeys::paging);
    journeys.go("cancel", journeys::cancel);
  }

  /** A thread that nobody waits for: a journey that failed may have left one. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private interface Journey {
    void go() throws Exception;
  }

  /** Tells the runner of the journey when it was gone. */
  private void go(String name, Journey journey) throws Exception {
    System.out.println(name);
    long began = System.nanoTime();
    Future<?> going = threads.submit(() -> {
      journey.go();
      return null;
    });
    going.get(SECONDS_PER_JOURNEY, TimeUnit.SECONDS);
    System.out.printf("%s passed in %.1f s%n", name, (System.nanoTime() - began) / 1e9);
    Files.writeString(Path.of(setting("PASSED")), name + "\n", StandardOpenOption.APPEND);
  }

  private static String setting(String name) {
    return Objects.requireNonNull(System.getenv("PALAVER_" + name), name);
  }

  private void signIn() {
    World anonymous = new World(setting("URL"), null);
    var right = new LoginWithPasswordRequest().email(setting("EMAIL")).password(setting("PASSWORD"));
    World signedIn = new World(setting("URL"), anonymous.users.logInUser(right).getSessionToken());
    same(signedIn.users.getUserByName("me").getEmail(), setting("EMAIL"));
    var wrong = new LoginWithPasswordRequest().email(setting("EMAIL")).password("Wrong-Horse-7-Staple");
    Response refusal = refused(401, Response.class, () -> anonymous.users.logInUser(wrong));
    check(!refusal.getMessage().isEmpty(), refusal);
  }

  private void createAndSend() throws Exception {
    UUID chat = rested(unsteady, "first");
    var sent = unsteady.send(chat, "second", null);
    same(sent.getQueued(), false);
    steady.stream(chat).afterMessage(sent.getMessage().getId()).untilRest().collect();
    same(steady.said(chat, ChatMessageRole.USER), List.of("first", "second"));
    same(steady.said(chat, ChatMessageRole.ASSISTANT), List.of("first", "second"));
  }

  private void streamToTheEnd() throws Exception {
    UUID chat = rested(steady, "hello");
    List<ChatStreamEvent> events = steady.sendAndStream(chat, "/slow 10 0.02", null).collect();
    List<ChatMessage> answers = World.messages(events);
    same(answers.size(), 1);
    same(answers.get(0).getRole(), ChatMessageRole.ASSISTANT);
    same(World.liveText(events), World.textOf(answers.get(0)));
    ChatStreamEvent last = events.get(events.size() - 1);
    check(last instanceof ChatStreamStatusEvent rest && rest.getStatus().getStatus() == ChatStatus.WAITING, last);
  }

  private void resume() throws Exception {
    UUID chat = rested(unsteady, "hello");
    List<ChatStreamEvent> events = new ArrayList<>();
    String cursor;
    try (EventStream stream = unsteady.sendAndStream(chat, "/slow 80 0.04", null)) {
      while (!World.numbers(events).contains(20L)) {
        events.add(Objects.requireNonNull(stream.next()));
      }
      cursor = stream.cursor();
    }
    events.addAll(unsteady.stream(chat).after(cursor).untilRest().collect());
    List<Long> numbers = World.numbers(events);
    check(numbers.size() > 40, numbers);
    same(numbers, LongStream.rangeClosed(1, numbers.size()).boxed().toList());
    List<ChatMessage> answers = World.messages(events);
    same(answers.size(), 1);
    // What was said while the connection was down may come with the answer alone, when the turn has ended meanwhile.
    check(World.textOf(answers.get(0)).startsWith(World.liveText(events)), answers);
  }

  private void queuePromoteInterrupt() throws Exception {
    UUID chat = steady.chat("/slow 200 0.1");
    steady.send(chat, "first", ChatBusyBehavior.QUEUE);
    var second = steady.send(chat, "second", ChatBusyBehavior.QUEUE);
    steady.queue.promoteChatQueuedMessage(chat, second.getQueuedMessage().getId());
    // Its own entry is the last of the queue: when it is at work, all others have been answered.
    try (EventStream stream = steady.sendAndStream(chat, "/slow 200 0.2", ChatBusyBehavior.QUEUE)) {
      for (ChatStreamEvent event = stream.next(); event != null; event = stream.next()) {
        if (event instanceof ChatStreamMessageEvent said
            && World.textOf(said.getMessage()).equals("/slow 200 0.2")) {
          steady.control.interruptChat(chat);
        }
      }
    }
    same(steady.said(chat, ChatMessageRole.USER), List.of("/slow 200 0.1", "second", "first", "/slow 200 0.2"));
  }

  private void files() throws Exception {
    byte[] content = "# Notes\n\nschön\n".getBytes(StandardCharsets.UTF_8);
    String named = "attachment; filename=\"notes.md\"";
    UUID file = steady.files.uploadChatFile(steady.organization(), named, new ByteArrayResource(content)).getId();
    List<ChatInputPart> said = new ArrayList<>(text("read this"));
    said.add(new ChatInputFilePart().fileId(file));
    UUID chat = steady.chat(new CreateChatRequest().content(said));
    steady.stream(chat).untilRest().collect();
    ChatMessage question = steady.history(chat).get(0);
    check(
        World.all(ChatFilePart.class, question.getContent()).anyMatch(part -> file.equals(part.getFileId())), question);
    var downloaded = steady.files.getChatFileWithHttpInfo(file);
    check(MediaType.TEXT_MARKDOWN.includes(downloaded.getHeaders().getContentType()), downloaded);
    check(Arrays.equals(downloaded.getBody().getContentAsByteArray(), content), downloaded);
  }

  private void clientSideTool() throws Exception {
    var pick = new DynamicTool().name("pick").description("Picks one.").inputSchema(Map.of("type", "object"));
    var request = new CreateChatRequest().content(text("/tool pick {\"from\": [3, 4]}"));
    UUID chat = steady.chat(request.addUnsafeDynamicToolsItem(pick));
    EventStream stream = steady.stream(chat).untilRest();
    List<ChatStreamEvent> events = stream.collect();
    var asked = (ChatStreamActionRequiredEvent) events.get(events.size() - 1);
    same(asked.getActionRequired().getToolCalls().size(), 1);
    ChatStreamToolCall call = asked.getActionRequired().getToolCalls().get(0);
    same(call.getToolName(), "pick");
    same(World.MAPPER.readValue(call.getArgs(), Map.class), Map.of("from", List.of(3, 4)));
    var result = new ToolResult().toolCallId(call.getToolCallId()).output(3);
    steady.control.submitChatToolResults(chat, new SubmitToolResultsRequest().addResultsItem(result));
    steady.stream(chat).after(stream.cursor()).untilRest().collect();
    List<String> said = steady.said(chat, ChatMessageRole.ASSISTANT);
    check(said.get(said.size() - 1).contains("pick answered: 3"), said);
  }

  private void refusedSend() throws Exception {
    UUID chat = steady.chat("/slow 100 0.1");
    ChatBusyResponse busy =
        refused(409, ChatBusyResponse.class, () -> steady.send(chat, "now", ChatBusyBehavior.REJECT));
    same(busy.getStatus(), ChatStatus.RUNNING);
    check(busy.getTurnMessageId() != null, busy);
    Response empty = refused(400, Response.class, () -> steady.send(chat, " ", null));
    check(!empty.getMessage().isEmpty(), empty);
    steady.control.interruptChat(chat);
    steady.stream(chat).untilRest().collect();
    same(steady.said(chat, ChatMessageRole.USER).size(), 1);
  }

  private void paging() {
    List<String> said = IntStream.range(0, 1000).mapToObj(index -> "message " + index).toList();
    var export = new ImportedChat().format("palaver-chat").version(1).chat(new ImportedChatFacts().title("Long"));
    for (int index = 0; index < said.size(); index++) {
      var part = new ImportedTextPart().text(said.get(index));
      RoleEnum role = index % 2 == 0 ? RoleEnum.USER : RoleEnum.ASSISTANT;
      export.addMessagesItem(new ImportedMessage().role(role).addContentItem(part));
    }
    var request = new ImportChatRequest().organizationId(steady.organization()).export(export);
    UUID chat = steady.chats.importChat(request, key()).getId();
    List<String> read = new ArrayList<>();
    Long before = null;
    boolean more = true;
    while (more) {
      var page = steady.messages.listChatMessages(chat, before, null, 150);
      for (ChatMessage message : page.getMessages()) {
        read.add(World.textOf(message));
        before = message.getId();
      }
      more = page.getHasMore();
    }
    Collections.reverse(read);
    same(read, said);
  }

  private void cancel() throws Exception {
    UUID chat = steady.chat("/slow 20 0.1");
    try (EventStream left = steady.stream(chat)) {
      while (!(left.next() instanceof ChatStreamMessagePartEvent)) {
        continue;
      }
    }
    EventStream endless = steady.stream(chat);
    Future<?> collecting = threads.submit(endless::collect);
    try {
      collecting.get(300, TimeUnit.MILLISECONDS);
      throw new AssertionError("the stream has ended by itself");
    } catch (TimeoutException stillWaiting) {
      endless.close();
    }
    long closed = System.nanoTime();
    try {
      collecting.get(30, TimeUnit.SECONDS);
      throw new AssertionError("the stream has ended by itself");
    } catch (ExecutionException left) {
      check(left.getCause() instanceof CancellationException, left);
    }
    check(Duration.ofNanos(System.nanoTime() - closed).toMillis() < 1500, "the stream was not left at once");
    steady.stream(chat).untilRest().collect();
    List<String> said = steady.said(chat, ChatMessageRole.ASSISTANT);
    check(!said.get(said.size() - 1).isEmpty(), said);
  }

  /** A chat whose first turn is over. */
  private UUID rested(World through, String said) throws Exception {
    UUID chat = through.chat(said);
    steady.stream(chat).untilRest().collect();
    return chat;
  }
}
