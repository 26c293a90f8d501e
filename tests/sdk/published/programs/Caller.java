// A caller of both versions of foods, typed by their clients alone. Prints what it met.
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

public class Caller {
    interface Call {
        void run() throws Exception;
    }

    static gatewright.foods.v1.api.FoodsApi v1(String token) {
        var client = new gatewright.foods.v1.ApiClient();
        client.updateBaseUri(System.getenv("V1_URL"));
        var known = new gatewright.foods.v1.Credentials().apiKey(System.getenv("API_KEY"));
        client.setRequestInterceptor(token == null ? known : known.cognito(() -> token));
        return new gatewright.foods.v1.api.FoodsApi(client);
    }

    static gatewright.foods.v2.api.FoodsApi v2(String key, String token) {
        var client = new gatewright.foods.v2.ApiClient();
        client.updateBaseUri(System.getenv("V2_URL"));
        var known = new gatewright.foods.v2.Credentials().apiKey(key);
        client.setRequestInterceptor(token == null ? known : known.cognito(() -> token));
        return new gatewright.foods.v2.api.FoodsApi(client);
    }

    static Map<String, String> stockOfV1() throws Exception {
        var api = v1(System.getenv("IDENTITY"));
        List<String> foods = api.listFoods();
        String listed = foods.get(0);
        var delivery = new gatewright.foods.v1.model.Delivery().quantity(2L);
        gatewright.foods.v1.model.Accepted accepted = api.addFood(listed, delivery);
        gatewright.foods.v1.model.StockLevel level = api.checkStock(listed);
        Map<String, String> met = new LinkedHashMap<>();
        met.put("listed", listed);
        met.put("accepted", accepted.getStatus().getValue());
        met.put("level", level.getInStock().getValue());
        refused(met, () -> api.checkStock("nothing-of-that-name"));
        refused(met, () -> v1(null).checkStock(listed));
        return met;
    }

    static Map<String, String> foodsOfV2() throws Exception {
        var api = v2(System.getenv("API_KEY"), System.getenv("WRITER"));
        String name = "java-" + UUID.randomUUID();
        var food = new gatewright.foods.v2.model.NewFood().name(name).quantity(1L);
        var created = api.createFoodWithHttpInfo(UUID.randomUUID().toString(), food);
        String tag = created.getHeaders().entrySet().stream()
            .filter(header -> header.getKey().equalsIgnoreCase("etag"))
            .map(header -> header.getValue().get(0)).findFirst().orElse("");
        var seven = new gatewright.foods.v2.model.Replacement().quantity(7L);
        gatewright.foods.v2.model.Food replaced = api.replaceFood(name, tag, seven);
        gatewright.foods.v2.model.FoodList page = api.listFoods(100L, null, name, null, null);
        Map<String, String> met = new LinkedHashMap<>();
        met.put("created", String.valueOf(created.getStatusCode()));
        met.put("replaced", String.valueOf(replaced.getQuantity()));
        met.put("page", page.getFoods().stream().map(found -> String.valueOf(found.getQuantity()))
            .collect(Collectors.joining(", ", "[", "]")));
        refused(met, () -> api.replaceFood(name, tag, seven));
        api.deleteFood(name, null);
        refused(met, () -> api.getFood(name));
        refused(met, () -> v2("no-such-key", null).listFoods(null, null, null, null, null));
        return met;
    }

    static void refused(Map<String, String> met, Call call) throws Exception {
        try {
            call.run();
        } catch (gatewright.foods.v1.ApiException error) {
            gatewright.foods.v1.model.GatewayError told = error.getError();
            met.put(String.valueOf(error.getCode()), told.getMessage());
        } catch (gatewright.foods.v2.ApiException error) {
            gatewright.foods.v2.model.GatewayError told = error.getError();
            met.put(String.valueOf(error.getCode()), told.getMessage());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Object> met = new LinkedHashMap<>();
        met.put("v1", stockOfV1());
        met.put("v2", foodsOfV2());
        System.out.println(new ObjectMapper().writeValueAsString(met));
    }
}
